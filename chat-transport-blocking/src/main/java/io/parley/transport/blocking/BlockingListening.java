package io.parley.transport.blocking;

import io.parley.transport.Acceptor;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A listener and its thread. Any thread may call the methods of {@link Listening}; the others are the
 * thread's.
 */
final class BlockingListening implements Listening {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TransportThreads threads;
    private final Sockets sockets;
    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final Acceptor acceptor;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Held by the acceptor thread while it waits in accept, and never while it calls anybody. */
    private final ReentrantLock accepting = new ReentrantLock();

    private boolean troubled; // acceptor thread only

    private BlockingListening(TransportThreads threads, Sockets sockets, ServerSocketChannel channel, Acceptor acceptor)
            throws IOException {
        this.threads = threads;
        this.sockets = sockets;
        this.channel = channel;
        this.acceptor = acceptor;
        this.address = channel.getLocalAddress();
    }

    static BlockingListening open(TransportThreads threads, Sockets sockets, SocketAddress address, Acceptor acceptor)
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
            Sockets.deleteFile(address);
        } catch (IOException e) {
            BlockingConnection.report("deleting " + address, e);
        }
        try {
            channel.close();
            // That wakes the thread in accept, which holds on to the socket until it has left.
            awaitAcceptLeft();
        } catch (IOException e) {
            BlockingConnection.report("closing the listener at " + address, e);
        }
    }

    private void awaitAcceptLeft() {
        accepting.lock();
        try {
            // Nothing: to have had the lock is enough.
        } finally {
            accepting.unlock();
        }
    }

    // The acceptor thread.

    private void run() {
        while (!closed.get()) {
            try {
                admit(accept());
                troubled = false;
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

    /** Finds a handler and starts the connection. What throws in here is no reason to stop accepting. */
    private void admit(SocketChannel accepted) throws IOException {
        ConnectionHandler handler = null;
        try {
            SocketAddress remote = accepted.getRemoteAddress();
            sockets.configure(accepted);
            handler = closed.get() ? null : acceptor.accept(remote);
            if (handler != null) {
                new BlockingConnection(threads, sockets, remote, handler, accepted).start();
                return;
            }
        } catch (Throwable thrown) {
            BlockingConnection.report("a connection could not be admitted at " + address, thrown);
        }
        accepted.close();
    }

    /** Out of descriptors, most likely: those who wait are kept waiting, and the thread must not spin. */
    private void pause(Throwable cause) {
        if (!troubled) {
            troubled = true;
            BlockingConnection.report("accepting paused at " + address + ", will be tried again until it works", cause);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
