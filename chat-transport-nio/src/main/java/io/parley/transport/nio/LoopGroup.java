package io.parley.transport.nio;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.HandlerCalls;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of one transport. Any thread may call it. The one class of this module that makes threads.
 *
 * <p>A loop starts when its turn first comes, and all of them stop with the last user. A user is a listener or a
 * connection, from before it opens its channel until it has closed it.
 */
final class LoopGroup {
    private static final int IDLE_SECONDS = 5;

    private final NioSockets sockets;

    /** Guards the loops and their count of users. A leaf: no other lock is taken and nothing foreign is called under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final @Nullable Loop[] loops; // guarded by lock
    private int users; // guarded by lock
    private int next; // the loop whose turn it is; guarded by lock
    private int handshakeThreads; // made so far; guarded by lock
    private @Nullable ExecutorService handshakes; // null until the first task; guarded by lock

    LoopGroup(int size, NioSockets sockets) {
        this.sockets = sockets;
        loops = new Loop[size];
        TransportLog.load();
    }

    /** Opens the channels of the connections. */
    NioSockets sockets() {
        return sockets;
    }

    /**
     * Counts a user in and gives it the next loop in turn.
     *
     * @throws IOException if no loop runs and none can be started
     */
    Loop acquire() throws IOException {
        lock.lock();
        try {
            Loop loop = loopInTurn();
            users++;
            return loop;
        } finally {
            lock.unlock();
        }
    }

    private Loop loopInTurn() throws IOException {
        int slot = next;
        next = (next + 1) % loops.length;
        Loop loop = loops[slot];
        if (loop != null) {
            return loop;
        }
        Loop fresh = null;
        try {
            fresh = Loop.open(this);
            new Thread(fresh, "parley-nio-" + slot).start();
            loops[slot] = fresh;
            return fresh;
        } catch (Throwable noLoop) {
            // Out of descriptors, threads or memory: a loop that runs can serve one more.
            if (fresh != null) {
                fresh.discard(noLoop);
            }
            for (Loop running : loops) {
                if (running != null) {
                    return running;
                }
            }
            throw noLoop;
        }
    }

    /** Counts a user out. With the last one the loops end. */
    void release() {
        lock.lock();
        try {
            users--;
            if (users > 0) {
                return;
            }
            for (int slot = 0; slot < loops.length; slot++) {
                Loop loop = loops[slot];
                loops[slot] = null;
                if (loop != null) {
                    loop.stop();
                }
            }
            next = 0;
            if (handshakes != null) {
                handshakes.shutdown();
                handshakes = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs a task of a handshake on a thread of its own, in the order given. At most one task of each connection waits. */
    void runHandshakeTask(Runnable task) {
        lock.lock();
        try {
            if (handshakes == null) {
                int most = Runtime.getRuntime().availableProcessors();
                ThreadPoolExecutor pool = new ThreadPoolExecutor(
                        most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::handshakeThread);
                pool.allowCoreThreadTimeOut(true);
                handshakes = pool;
            }
            handshakes.execute(task);
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock, or on a handshake thread that is replaced. */
    private Thread handshakeThread(Runnable work) {
        lock.lock();
        try {
            handshakeThreads++;
            Thread thread = new Thread(work, "parley-nio-handshake-" + handshakeThreads);
            thread.setDaemon(true);
            return thread;
        } finally {
            lock.unlock();
        }
    }

    /** Starts a connection on the next loop. The channel is null if the connection is to be made. */
    NioConnection serve(SocketAddress remote, ConnectionHandler handler, @Nullable SocketChannel accepted)
            throws IOException {
        Loop loop = acquire();
        try {
            NioConnection connection = new NioConnection(loop, remote, handler, accepted);
            connection.start();
            return connection;
        } catch (Throwable noMemory) {
            release();
            throw noMemory;
        }
    }

    /** Starts a connection to an address. If no loop can be started, another thread tells the handler. */
    Connection connect(SocketAddress address, ConnectionHandler handler) {
        try {
            return serve(address, handler, null);
        } catch (IOException e) {
            // There is no loop that could tell the handler, and no callback may run inside this call.
            Disconnect failed = new Disconnect(Disconnect.Kind.FAILED, e);
            new Thread(() -> HandlerCalls.onClosed(handler, failed, TransportLog::warn), "parley-nio-failed").start();
            return new FailedConnection(address);
        }
    }
}
