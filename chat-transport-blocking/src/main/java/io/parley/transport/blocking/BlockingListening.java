package io.parley.transport.blocking;

import io.parley.transport.Acceptor;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
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

    /** Finds a handler and starts the connection. It throws only if that was the machine's fault, not the acceptor's. */
    private void admit(SocketChannel accepted) throws IOException {
        SocketAddress remote;
        ConnectionHandler handler = null;
        try {
            remote = accepted.getRemoteAddress();
            sockets.configure(accepted);
            handler = closed.get() ? null : acceptor.accept(remote);
        } catch (Throwable thrown) {
            BlockingConnection.report("a connection could not be admitted at " + address, thrown);
            accepted.close();
            return;
        } finally {
            Thread.interrupted(); // the acceptor's, and it would close the listening channel
        }
        if (handler == null) {
            accepted.close();
            return;
        }
        try {
            new BlockingConnection(threads, sockets, remote, handler, accepted).start();
        } catch (Throwable noThread) {
            accepted.close();
            BlockingConnection.tell(handler, new Disconnect(Disconnect.Kind.FAILED, noThread));
            throw noThread;
        }
    }

    /** Out of descriptors or threads, most likely: those who wait are kept waiting, and the thread must not spin. */
    private void pause(Throwable cause) {
        if (!troubled) {
            troubled = true;
            BlockingConnection.report("accepting paused at " + address + ", will be tried again until it works", cause);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
