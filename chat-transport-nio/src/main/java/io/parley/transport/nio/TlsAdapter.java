package io.parley.transport.nio;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/**
 * Moves bytes under TLS. Loop thread only, but for {@link #session}.
 *
 * <p>The library throws what it cannot do at once. A write that had to stop has taken bytes all the same: the position
 * of the source says how many. Their ciphertext stays in the library, and an empty write continues with it.
 *
 * <p>The library's {@code shutdown} is not used: after it nothing can be read, and a peer may send until it has seen
 * our end of the stream.
 */
final class TlsAdapter implements ChannelAdapter {
    private static final int MAX_RECORD_BYTES = 16 * 1024; // of plain bytes
    /** In one read. A peer may put one byte into each record, and decrypting them takes the loop's time. */
    private static final int MAX_RECORDS = 64;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final TlsChannel tls;

    // Loop thread only.
    private @Nullable TlsHandshake handshake; // null once it is complete
    private TlsOutput output = TlsOutput.OPEN;
    private boolean outputBuffered; // ciphertext is in the library and waits for the channel
    private boolean inputBuffered = true; // the library may have bytes that were read and not given out
    private @Nullable IOException readFailure; // of a read that also gave bytes; thrown by the next call

    private volatile @Nullable SSLSession session; // written once, by the loop thread

    private TlsAdapter(SocketChannel channel, TlsChannel tls, TlsHandshake handshake) {
        this.channel = channel;
        this.tls = tls;
        this.handshake = handshake;
    }

    static TlsAdapter server(SocketChannel channel, TlsOptions options) {
        SSLEngine engine = options.serverEngine();
        TlsChannel tls = TlsChannels.server(channel, options, engine);
        return new TlsAdapter(channel, tls, TlsHandshake.server(channel, engine, tls));
    }

    static TlsAdapter client(SocketChannel channel, TlsOptions options, SocketAddress address) {
        SSLEngine engine = options.clientEngine(address);
        TlsChannel tls = TlsChannels.client(channel, engine);
        return new TlsAdapter(channel, tls, TlsHandshake.client(channel, engine, tls));
    }

    // ---- the handshake

    @Override
    public HandshakeStep handshake() throws IOException {
        TlsHandshake current = current();
        HandshakeStep step = current.advance();
        if (step == HandshakeStep.DONE) {
            session = current.session();
            handshake = null;
        }
        return step;
    }

    @Override
    public Runnable takeTask() {
        return current().takeTask();
    }

    private TlsHandshake current() {
        TlsHandshake current = handshake;
        if (current == null) {
            throw new IllegalStateException("the handshake is complete");
        }
        return current;
    }

    @Override
    public @Nullable SSLSession session() {
        return session;
    }

    // ---- reading

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        if (readFailure != null) {
            throw readFailure;
        }
        inputBuffered = true;
        int from = bytes.position();
        int last = 0;
        try {
            for (int n = 0; n < MAX_RECORDS && last >= 0 && bytes.remaining() >= MAX_RECORD_BYTES; n++) {
                last = tls.read(bytes);
            }
        } catch (NeedsReadException e) {
            inputBuffered = false;
        } catch (NeedsWriteException e) {
            outputBuffered = true; // the answer to a key update of the peer
        } catch (NeedsTaskException renegotiation) {
            // Nothing else needs a task once the handshake is complete.
            readFailure = new SSLHandshakeException("the peer wants to negotiate again");
        } catch (IOException broken) {
            readFailure = broken;
        }
        int count = bytes.position() - from;
        if (count == 0 && readFailure != null) {
            throw readFailure;
        }
        return count == 0 && last < 0 ? -1 : count; // bytes before the end, or before a failure, are given out first
    }

    @Override
    public boolean hasBufferedInput() {
        return inputBuffered;
    }

    @Override
    public Kind onPeerEnd() {
        if (!tls.shutdownReceived()) {
            return Kind.TRUNCATED;
        }
        try {
            endOutput();
        } catch (IOException e) {
            TransportLog.debug("the close_notify of a peer could not be answered", e);
        }
        return Kind.ENDED;
    }

    // ---- writing

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (readFailure != null) {
            // Reads may be paused. The library would spin if the engine waits for a task and takes no bytes.
            throw readFailure;
        }
        try {
            tls.write(bytes);
            outputBuffered = false;
            if (bytes.hasRemaining() && output == TlsOutput.OPEN) {
                throw new ClosedChannelException(); // before TLS 1.3 the peer's close_notify ends both directions
            }
        } catch (NeedsWriteException e) {
            outputBuffered = true;
        }
    }

    @Override
    public boolean flush() throws IOException {
        if (outputBuffered) {
            write(EMPTY.duplicate());
        }
        return !outputBuffered;
    }

    @Override
    public boolean hasBufferedOutput() {
        return outputBuffered;
    }

    @Override
    public boolean endOutput() throws IOException {
        if (output != TlsOutput.NOTIFIED && !(flush() && encryptCloseNotify())) {
            return false;
        }
        if (!flush()) {
            return false;
        }
        channel.shutdownOutput();
        return true;
    }

    /** Has the engine encrypt its close_notify; false if older ciphertext must be written before. */
    private boolean encryptCloseNotify() throws IOException {
        if (output == TlsOutput.OPEN) {
            output = output.to(TlsOutput.CLOSING);
            tls.getSslEngine().closeOutbound();
        }
        // The engine gives its close_notify instead of taking the byte, and the next empty write sends it.
        write(ByteBuffer.allocate(1));
        if (outputBuffered) {
            return false;
        }
        output = output.to(TlsOutput.NOTIFIED);
        outputBuffered = true;
        return true;
    }
}
