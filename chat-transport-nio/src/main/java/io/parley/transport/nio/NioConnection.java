package io.parley.transport.nio;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.FatalErrors;
import io.parley.transport.HandlerCalls;
import io.parley.transport.HandlerFailedException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an event loop. Any thread may call the methods of {@link Connection}: they note a request and put
 * the connection into the loop's request queue. Everything else runs on the loop's thread, and so do all callbacks.
 *
 * <p>{@link NioState} draws the life of a connection, and {@link LoopEntry} keeps its state. {@link LoopConnector}
 * opens it, {@link LoopReader} and {@link LoopWriter} move its bytes.
 *
 * <p>(Over 300 lines: here the calls of all threads, the selector and the loop's parts meet. Further objects would make
 * each idle connection larger.)
 */
final class NioConnection extends LoopEntry implements Connection {
    private final Loop loop;
    private final SocketAddress remote;
    private final ConnectionHandler handler;

    private volatile @Nullable ChannelAdapter adapter; // null while CONNECTING; written once, by the loop thread

    // Loop thread only, once the connection has been started.
    private @Nullable SocketChannel channel; // null until connecting begins
    private @Nullable SelectionKey key; // null until the channel is registered
    private byte interest; // what the key waits for; a byte keeps the connection small

    /** What {@link LoopWriter} took from the handler and the system did not take; null if nothing. Loop thread only. */
    @Nullable
    ByteBuffer unsent;

    /**
     * Makes a connection. The caller has counted it in at the loop's group.
     *
     * @param accepted the channel; null to connect to the remote address
     */
    NioConnection(Loop loop, SocketAddress remote, ConnectionHandler handler, @Nullable SocketChannel accepted) {
        this.loop = loop;
        this.remote = remote;
        this.handler = handler;
        this.channel = accepted;
    }

    // ---- any thread

    /** Hands the connection to its loop. Called once. */
    void start() {
        loop.requestQueue().register(this);
        request(START);
    }

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
        // While the request is noted, the loop has yet to clear it and to call onWritable after that.
        if (!isRequested(WRITE)) {
            request(WRITE);
        }
    }

    @Override
    public void pauseReads() {
        request(PAUSE);
    }

    @Override
    public void resumeReads() {
        if (resume()) {
            loop.enqueue(this);
        }
    }

    @Override
    public void close() {
        request(CLOSE);
    }

    @Override
    public void abort() {
        request(ABORT);
    }

    private void request(int request) {
        if (note(request)) {
            loop.enqueue(this);
        }
    }

    // ---- loop thread: what the loop calls

    @Override
    void serve() {
        if (state() == NioState.CLOSED) {
            loop.requestQueue().unregister(this); // it was in the queue when it closed
            return;
        }
        int requests = takeRequests();
        try {
            if ((requests & ABORT) != 0) {
                finish(Disconnect.of(Kind.ABORTED));
            } else if ((requests & START) != 0) {
                loop.connector().connect(this);
            } else if (state().isEstablished()) {
                transfer();
            } else if ((requests & HANDSHAKE) != 0) {
                loop.connector().handshake(this, adapter());
            }
        } catch (Throwable thrown) {
            finish(disconnect(thrown));
        }
    }

    /** The selector says that the channel is ready. */
    void ready(SelectionKey ready) {
        try {
            switch (state()) {
                case CONNECTING -> loop.connector().finishConnecting(this, channel);
                case HANDSHAKING -> loop.connector().handshake(this, adapter());
                case CLOSED -> {} // by an earlier request; the selector has not noticed yet
                default -> ready(adapter(), ready.readyOps());
            }
        } catch (Throwable thrown) {
            finish(disconnect(thrown));
        }
    }

    private void ready(ChannelAdapter through, int ops) throws IOException, HandlerFailedException {
        if ((ops & SelectionKey.OP_READ) != 0) {
            loop.reader().read(this, through);
        }
        if (state() != NioState.CLOSED && ((ops & SelectionKey.OP_WRITE) != 0 || isBlocked(through))) {
            transfer();
        }
    }

    // ---- loop thread: connecting and the handshake, for LoopConnector

    /** The channel; null until a connection that was not accepted begins to connect. */
    @Nullable
    SocketChannel channel() {
        return channel;
    }

    /** Takes a channel that is to be closed with the connection. */
    void own(SocketChannel fresh) {
        channel = fresh;
    }

    /** Registers the channel with the loop's selector. */
    void register(SocketChannel registered, int ops) throws IOException {
        interest = (byte) ops;
        key = registered.register(loop.selector(), ops, this);
    }

    /** The channel is connected. */
    void connected(ChannelAdapter through) {
        adapter = through;
        moveTo(NioState.HANDSHAKING);
    }

    /** The task of the handshake is done. Called by a handshake thread. */
    void handshakeTaskDone() {
        request(HANDSHAKE);
    }

    /** The peer left before the handshake was complete. */
    void leftInHandshake() {
        finish(Disconnect.of(Kind.TRUNCATED));
    }

    /** The handshake is complete. */
    void opened() throws IOException, HandlerFailedException {
        moveTo(NioState.OPEN);
        closeIfRequested();
        transfer();
    }

    // ---- loop thread: moving bytes

    /** Reads what the channel will not show, writes, ends the output when that is due, and says what to wait for. */
    private void transfer() throws IOException, HandlerFailedException {
        ChannelAdapter through = adapter();
        if (through.hasBufferedInput() && mayRead()) {
            loop.reader().read(this, through);
        }
        if (state() == NioState.CLOSED || isRequested(ABORT)) {
            return;
        }
        loop.writer().write(this, through);
        loop.writer().endIfDrained(this, through);
        if (state() != NioState.CLOSED) {
            updateInterest(through);
        }
    }

    /** The end of the stream is sent. Called by {@link LoopWriter}. */
    void outputEnded() {
        NioState next = state().afterOutputEnd();
        if (next == NioState.CLOSED) {
            finish(Disconnect.of(Kind.CLOSED));
        } else {
            moveTo(next);
        }
    }

    /** The peer has ended its direction. Called by {@link LoopReader}. */
    void inputEnded(ChannelAdapter from) {
        NioState next = state().afterInputEnd();
        if (next != NioState.CLOSED) {
            moveTo(next);
            updateInterest(from);
        } else if (state() != NioState.OPEN) {
            finish(Disconnect.of(Kind.CLOSED));
        } else if (!isRequested(ABORT)) { // an abort is served in this turn of the loop
            finish(Disconnect.of(from.onPeerEnd()));
        }
    }

    /** There is more to do than one turn allows. Called by {@link LoopReader}. */
    void continueNextTurn() {
        request(0);
    }

    /** Loop thread only. */
    ConnectionHandler handler() {
        return handler;
    }

    private ChannelAdapter adapter() {
        ChannelAdapter current = adapter;
        if (current == null) {
            throw new IllegalStateException("the connection is not connected yet");
        }
        return current;
    }

    private void updateInterest(ChannelAdapter through) {
        int ops = 0;
        if (mayRead() && !isBlocked(through)) {
            ops |= SelectionKey.OP_READ;
        }
        if (unsent != null || through.hasBufferedOutput()) {
            ops |= SelectionKey.OP_WRITE;
        }
        interest(ops);
    }

    /** Whether input waits for output: under TLS an answer may have to leave before more is read. */
    private static boolean isBlocked(ChannelAdapter through) {
        return through.hasBufferedInput() && through.hasBufferedOutput();
    }

    /** Sets what the key waits for. Only the loop thread changes it, so the key need not be asked. */
    void interest(int ops) {
        SelectionKey current = key;
        if (current != null && interest != ops) {
            interest = (byte) ops;
            current.interestOps(ops);
        }
    }

    // ---- loop thread: the end

    private Disconnect disconnect(Throwable thrown) {
        FatalErrors.handOver(thrown);
        if (thrown instanceof HandlerFailedException failed) {
            TransportLog.warn(failed.getMessage(), failed.thrown());
            return new Disconnect(Kind.HANDLER_FAILED, failed.thrown());
        }
        if (thrown instanceof ClosedChannelException && hasPeerEnded()) {
            return Disconnect.of(Kind.ENDED);
        }
        return new Disconnect(Kind.FAILED, thrown);
    }

    /** Whether the peer has ended its direction, perhaps behind bytes that are not read yet. */
    private boolean hasPeerEnded() {
        return state().isEstablished() && (!state().isReading() || adapter().onPeerEnd() == Kind.ENDED);
    }

    private void finish(Disconnect disconnect) {
        if (state() == NioState.CLOSED) {
            return;
        }
        if (moveToClosed()) {
            loop.requestQueue().unregister(this);
        } // else serve() does it
        unsent = null;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The channel counts as closed, and the handler is told why the connection ended.
            TransportLog.warn("closing a channel", e);
        }
        HandlerCalls.onClosed(handler, disconnect, TransportLog::warn);
        loop.group().release();
    }
}
