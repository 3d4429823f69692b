package io.parley.transport.blocking;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.FatalErrors;
import io.parley.transport.HandlerCalls;
import io.parley.transport.HandlerFailedException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection and its two threads. Any thread may call the methods of {@link Connection}.
 *
 * <p>{@link ConnectionReader} opens the connection and reads, {@link ConnectionWriter} writes, and {@link Lifecycle}
 * keeps the state, which {@link BlockingState} draws. Whoever first finds a reason to end notes it and closes the
 * channel, which unblocks both threads. The last of the two to leave calls {@code onClosed}, so that comes once and
 * after everything else.
 */
final class BlockingConnection implements Connection {
    private static final Disconnect OUT_OF_MEMORY = Disconnect.of(Kind.FAILED);

    private final SocketAddress remote;
    private final ConnectionHandler handler;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Waiter readerWaiter = new Waiter(lifecycle::mayRead);
    private final Waiter writerWaiter = new Waiter(lifecycle::mayWrite);
    private volatile @Nullable SocketChannel channel; // written once: by the constructor or the reader
    private volatile @Nullable ChannelAdapter adapter; // null until the handshake is complete; written by the reader
    private volatile @Nullable Waiter taskWaiter; // for a task of the handshake; written by the reader

    private BlockingConnection(SocketAddress remote, ConnectionHandler handler, @Nullable SocketChannel accepted) {
        this.remote = remote;
        this.handler = handler;
        this.channel = accepted;
    }

    /** Starts a connection. The channel is null if the connection is to be made. */
    static BlockingConnection start(
            TransportThreads threads,
            BlockingSockets sockets,
            SocketAddress remote,
            ConnectionHandler handler,
            @Nullable SocketChannel accepted) {
        BlockingConnection connection = new BlockingConnection(remote, handler, accepted);
        threads.reader(new ConnectionReader(connection, threads, sockets)).start();
        return connection;
    }

    // ---- any thread

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable SSLSession tls() {
        ChannelAdapter current = adapter;
        return current == null ? null : current.session();
    }

    @Override
    public void wantWrite() {
        // While a request is noted, the writer has yet to clear it and to call onWritable after that.
        if (lifecycle.requestWrite()) {
            writerWaiter.wake();
        }
    }

    @Override
    public void pauseReads() {
        lifecycle.pauseReads(true);
    }

    @Override
    public void resumeReads() {
        lifecycle.pauseReads(false);
        readerWaiter.wake();
    }

    @Override
    public void close() {
        lifecycle.requestClose();
        writerWaiter.wake();
        readerWaiter.wake();
    }

    @Override
    public void abort() {
        end(Disconnect.of(Kind.ABORTED));
        // The connection may have ended before, and its end may be delayed by the peer: ENDING answers a close_notify.
        closeChannel();
    }

    // ---- the two threads

    Lifecycle lifecycle() {
        return lifecycle;
    }

    ConnectionHandler handler() {
        return handler;
    }

    Waiter readerWaiter() {
        return readerWaiter;
    }

    Waiter writerWaiter() {
        return writerWaiter;
    }

    @Nullable
    SocketChannel channel() {
        return channel;
    }

    /** Takes a channel that is to be closed with the connection. Reader thread. */
    void own(SocketChannel fresh) {
        channel = fresh;
    }

    /** The handshake of this adapter is complete. Reader thread. */
    void use(ChannelAdapter complete) {
        adapter = complete;
    }

    /** Where the reader waits for a task of the handshake; null if it does not. Reader thread. */
    void taskWaiter(@Nullable Waiter waiter) {
        taskWaiter = waiter;
    }

    /** Ends the connection because of what was thrown. */
    void fail(Throwable thrown) {
        FatalErrors.handOver(thrown);
        if (thrown instanceof HandlerFailedException failed) {
            TransportLog.warn(failed.getMessage(), failed.thrown());
            end(Kind.HANDLER_FAILED, failed.thrown());
        } else {
            end(Kind.FAILED, thrown);
        }
    }

    private void end(Kind kind, Throwable cause) {
        Disconnect disconnect = OUT_OF_MEMORY;
        try {
            disconnect = new Disconnect(kind, cause);
        } catch (OutOfMemoryError none) {
            // Then the handler is not told the cause.
        }
        end(disconnect);
    }

    /** Notes why the connection ends, unless that is known, and unblocks both threads. */
    void end(Disconnect disconnect) {
        if (lifecycle.tryEnd(disconnect)) {
            unblock();
        }
    }

    /** Frees both threads from whatever they wait for. The connection has ended. */
    void unblock() {
        closeChannel();
        writerWaiter.wake();
        readerWaiter.wake();
        Waiter waiter = taskWaiter;
        if (waiter != null) {
            waiter.wake();
        }
    }

    /**
     * Shuts the channel down, then closes it. Closing alone does not always tell the peer: the poller of the virtual
     * threads may hold this very socket, and Linux then keeps it open until the poller has something else to do. On a
     * quiet server that may be never.
     */
    private void closeChannel() {
        SocketChannel open = channel;
        if (open == null) {
            return;
        }
        try (open) {
            if (open.isConnected()) {
                open.shutdownOutput();
                open.shutdownInput();
            }
        } catch (ClosedChannelException e) {
            // Another thread closed it first.
        } catch (IOException e) {
            // The channel counts as closed, and the handler is told why the connection ended.
            TransportLog.warn("closing a channel", e);
        }
    }

    /**
     * A thread leaves. The last one tells the handler. If neither thread had a reason to end, both have done what {@link
     * #close()} asks for, unless the writer could not end the output: then the peer's end is the reason.
     */
    void threadLeaves() {
        if (!lifecycle.threadLeaves()) {
            return;
        }
        if (!lifecycle.isEnded()) {
            ChannelAdapter used = adapter;
            boolean outputEnded = lifecycle.state() == BlockingState.OUTPUT_ENDED;
            end(Disconnect.of(outputEnded || used == null ? Kind.CLOSED : used.peerEnd()));
        }
        HandlerCalls.onClosed(handler, lifecycle.close(), TransportLog::warn);
    }
}
