package io.parley.transport.nio;

import io.parley.transport.Acceptor;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.HandlerCalls;
import io.parley.transport.Listening;
import io.parley.transport.SocketAddresses;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A listener on one of the loops. Any thread may call the methods of {@link Listening}; the others are for the loop. */
final class NioListening implements Listening {
    private static final int ACCEPTS_PER_TURN = 64;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoopGroup group;
    private final Loop loop;
    private final ServerSocketChannel channel;
    private final SelectionKey key;
    private final SocketAddress address;
    private final Acceptor acceptor;
    private final AtomicBoolean closed = new AtomicBoolean(); // set once, by any thread
    private boolean shortageReported; // since the last accept that worked; loop thread only
    private long resumeAt; // when a pause is over, in nanoseconds; loop thread only

    private NioListening(LoopGroup group, Loop loop, ServerSocketChannel channel, Acceptor acceptor)
            throws IOException {
        this.group = group;
        this.loop = loop;
        this.channel = channel;
        this.acceptor = acceptor;
        this.address = channel.getLocalAddress();
        channel.configureBlocking(false);
        this.key = channel.register(loop.selector(), 0);
    }

    static NioListening open(LoopGroup group, SocketAddress address, Acceptor acceptor) throws IOException {
        Loop loop = group.acquire();
        ServerSocketChannel channel = null;
        try {
            channel = group.sockets().bind(address);
            NioListening listening = new NioListening(group, loop, channel, acceptor);
            listening.begin();
            return listening;
        } catch (Throwable thrown) {
            if (channel != null) {
                loop.close(channel);
            }
            group.release();
            throw thrown;
        }
    }

    private void begin() {
        key.attach(this);
        key.interestOps(SelectionKey.OP_ACCEPT);
        loop.wake();
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
            loop.close(channel);
        } catch (IOException e) {
            TransportLog.warn("closing the listener at " + address, e);
        } finally {
            group.release();
        }
    }

    // ---- loop thread

    /** Accepts the connections that wait, up to a limit per turn. */
    void ready() {
        for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                pause(e);
                return;
            }
            if (accepted == null) {
                shortageReported = false;
                return;
            }
            admit(accepted);
        }
    }

    private void admit(SocketChannel accepted) {
        ConnectionHandler handler = null;
        try {
            SocketAddress remote = accepted.getRemoteAddress();
            group.sockets().configure(accepted);
            handler = closed.get() ? null : acceptor.accept(remote);
            if (handler != null) {
                group.serve(remote, handler, accepted);
                return;
            }
        } catch (Throwable thrown) {
            TransportLog.warn("a connection could not be admitted at " + address, thrown);
            if (handler != null) {
                HandlerCalls.onClosed(handler, new Disconnect(Disconnect.Kind.FAILED, thrown), TransportLog::warn);
            }
        }
        closeQuietly(accepted);
    }

    private static void closeQuietly(SocketChannel accepted) {
        try {
            accepted.close();
        } catch (IOException e) {
            TransportLog.warn("closing a channel", e);
        }
    }

    /** Stops accepting for a while. Most likely the process is out of descriptors, and the loop must not spin. */
    private void pause(IOException cause) {
        if (!shortageReported) {
            shortageReported = true;
            TransportLog.warn("accepting paused at " + address + ", will be tried again until it works", cause);
        }
        if (interest(0)) {
            resumeAt = System.nanoTime() + PAUSE_NANOS;
            loop.pause(this);
        }
    }

    /** Accepts again if the pause is over or the listener is closed; true if so. */
    boolean resumes(long now) {
        if (nanosToResume(now) > 0 && key.isValid()) {
            return false;
        }
        interest(SelectionKey.OP_ACCEPT);
        return true;
    }

    long nanosToResume(long now) {
        return resumeAt - now;
    }

    /** False if the listener was closed meanwhile. */
    private boolean interest(int ops) {
        try {
            key.interestOps(ops);
            return true;
        } catch (CancelledKeyException closedMeanwhile) {
            return false;
        }
    }
}
