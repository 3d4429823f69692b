package io.parley.transport.nio;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
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
 * The loops of one transport: starts each when its turn first comes and stops all of them with the last
 * user. Any thread may call it. A user is a listener or a connection, from before it opens its channel
 * until it has closed it. The one class of this module that makes threads.
 */
final class LoopGroup {
    private static final int IDLE_SECONDS = 5;

    private final Sockets sockets;
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Loop[] loops; // guarded by lock
    private int users; // guarded by lock
    private int next; // guarded by lock
    private int helpers; // threads made for handshakes so far; guarded by lock
    private @Nullable ExecutorService handshakes; // guarded by lock

    LoopGroup(int size, Sockets sockets) {
        this.sockets = sockets;
        loops = new Loop[size];
    }

    /** How the connections' channels are opened. */
    Sockets sockets() {
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
                fresh.discard();
            }
            for (Loop running : loops) {
                if (running != null) {
                    return running;
                }
            }
            throw noLoop;
        }
    }

    /** Counts a user out; with the last one the loops end. */
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

    /** Runs what a handshake computes, first come first. At most one task of each connection waits here. */
    void compute(Runnable task) {
        lock.lock();
        try {
            if (handshakes == null) {
                int most = Runtime.getRuntime().availableProcessors();
                ThreadPoolExecutor pool = new ThreadPoolExecutor(
                        most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::helper);
                pool.allowCoreThreadTimeOut(true);
                handshakes = pool;
            }
            handshakes.execute(task);
        } finally {
            lock.unlock();
        }
    }

    /** Inside {@link #compute}, or on a helper's thread that is replaced. */
    private Thread helper(Runnable work) {
        lock.lock();
        try {
            helpers++;
            Thread thread = new Thread(work, "parley-nio-handshake-" + helpers);
            thread.setDaemon(true);
            return thread;
        } finally {
            lock.unlock();
        }
    }

    /** Has a loop serve one more connection, made or accepted. */
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

    Connection connect(SocketAddress address, ConnectionHandler handler) {
        try {
            return serve(address, handler, null);
        } catch (IOException e) {
            // Not one loop to tell the handler on, and it must not be told inside this call.
            Disconnect failed = new Disconnect(Disconnect.Kind.FAILED, e);
            new Thread(() -> handler.onClosed(failed), "parley-nio-failed").start();
            return new Stillborn(address);
        }
    }
}
