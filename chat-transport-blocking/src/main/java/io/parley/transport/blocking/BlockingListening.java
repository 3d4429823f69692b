package io.parley.transport.blocking;

import io.parley.transport.Acceptor;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.FatalErrors;
import io.parley.transport.HandlerCalls;
import io.parley.transport.Listening;
import io.parley.transport.SocketAddresses;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A listener and its thread. Any thread may call the methods of {@link Listening}; the others are for its thread. */
final class BlockingListening implements Listening {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TransportThreads threads;
    private final BlockingSockets sockets;
    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final Acceptor acceptor;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Held by the acceptor thread while it waits in accept. A leaf: nothing else is called under it. */
    private final ReentrantLock accepting = new ReentrantLock();

    private boolean shortageReported; // since the last accept that worked; acceptor thread only

    private BlockingListening(
            TransportThreads threads, BlockingSockets sockets, ServerSocketChannel channel, Acceptor acceptor)
            throws IOException {
        this.threads = threads;
        this.sockets = sockets;
        this.channel = channel;
        this.acceptor = acceptor;
        this.address = channel.getLocalAddress();
    }

    static BlockingListening open(
            TransportThreads threads, BlockingSockets sockets, SocketAddress address, Acceptor acceptor)
            throws IOException {
        ServerSocketChannel channel = sockets.bind(address);
        try {
            BlockingListening listening = new BlockingListening(threads, sockets, channel, acceptor);
            threads.acceptor(listening::run).start();
            return listening;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            SocketAddresses.deleteFile(address);
        } catch (IOException e) {
            TransportLog.warn("deleting " + address, e);
        }
        try {
            channel.close();
            // That wakes the thread in accept, which keeps the socket open until it has left.
            awaitAcceptReturned();
        } catch (IOException e) {
            TransportLog.warn("closing the listener at " + address, e);
        }
    }

    private void awaitAcceptReturned() {
        accepting.lock();
        try {
            // Nothing: it is enough that the lock was free.
        } finally {
            accepting.unlock();
        }
    }

    // ---- acceptor thread

    private void run() {
        while (!closed.get()) {
            try {
                admit(accept());
                shortageReported = false;
            } catch (ClosedChannelException e) {
                return;
            } catch (Throwable thrown) {
                pause(thrown);
            }
        }
    }

    private SocketChannel accept() throws IOException {
        accepting.lock();
        try {
            return channel.accept();
        } finally {
            accepting.unlock();
        }
    }

    /** Finds a handler and starts the connection. Throws if threads or descriptors ran out, not if the acceptor throws. */
    private void admit(SocketChannel accepted) throws IOException {
        SocketAddress remote;
        ConnectionHandler handler = null;
        try {
            remote = accepted.getRemoteAddress();
            sockets.configure(accepted);
            handler = closed.get() ? null : acceptor.accept(remote);
        } catch (Throwable thrown) {
            TransportLog.warn("a connection could not be admitted at " + address, thrown);
            accepted.close();
            return;
        } finally {
            Thread.interrupted(); // left behind by the acceptor; it would close the listening channel
        }
        if (handler == null) {
            accepted.close();
            return;
        }
        try {
            BlockingConnection.start(threads, sockets, remote, handler, accepted);
        } catch (Throwable noThread) {
            FatalErrors.handOver(noThread);
            accepted.close();
            HandlerCalls.onClosed(handler, new Disconnect(Disconnect.Kind.FAILED, noThread), TransportLog::warn);
            throw noThread;
        }
    }

    /** Stops accepting for a while. Most likely descriptors or threads ran out, and this thread must not spin. */
    private void pause(Throwable cause) {
        FatalErrors.handOver(cause);
        if (!shortageReported) {
            shortageReported = true;
            TransportLog.warn("accepting paused at " + address + ", will be tried again until it works", cause);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
