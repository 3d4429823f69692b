package io.parley.transport.nio;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsOptions;
import io.parley.transport.TlsStream;
import io.parley.transport.TlsStream.HandshakeStep;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Moves bytes under TLS. Loop thread only, but for {@link #session}. */
final class TlsAdapter implements ChannelAdapter {
    /** In one read. A peer may put one byte into each record, and decrypting them takes the loop's time. */
    private static final int MAX_RECORDS = 64;

    private final SocketChannel channel;
    private final TlsStream tls;

    private TlsAdapter(SocketChannel channel, TlsStream tls) {
        this.channel = channel;
        this.tls = tls;
    }

    /**
     * Makes the adapter of a channel that was accepted.
     *
     * @param buffers lends the buffer for ciphertext; connections of one loop share it
     */
    static TlsAdapter server(SocketChannel channel, TlsOptions options, Supplier<ByteBuffer> buffers) {
        return new TlsAdapter(channel, TlsStream.server(options, channel::read, channel::write, buffers));
    }

    /** The same for a channel that was connected to this address. */
    static TlsAdapter client(
            SocketChannel channel, TlsOptions options, SocketAddress address, Supplier<ByteBuffer> buffers) {
        return new TlsAdapter(channel, TlsStream.client(options, address, channel::read, channel::write, buffers));
    }

    @Override
    public HandshakeStep handshake() throws IOException {
        try {
            return tls.handshake();
        } catch (SSLException | RuntimeException refused) {
            discardInput();
            throw refused;
        }
    }

    /** Closing a channel with unread input resets it, and the reset may overtake the alert. */
    private void discardInput() {
        try {
            tls.discardInput();
        } catch (IOException broken) {
            TransportLog.debug("the input of a failed handshake could not be read", broken);
        }
    }

    @Override
    public Runnable takeTask() {
        return tls.takeTask();
    }

    @Override
    public @Nullable SSLSession session() {
        return tls.session();
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        int count = tls.read(bytes, MAX_RECORDS);
        if (tls.isAnswerDue()) {
            answer();
        }
        return count;
    }

    private void answer() {
        try {
            tls.answer();
        } catch (IOException broken) {
            // The bytes that were read are given out first. The next read or write finds the same fault.
            TransportLog.debug("a peer could not be answered", broken);
        }
    }

    @Override
    public boolean hasBufferedInput() {
        return tls.hasInput();
    }

    @Override
    public Kind onPeerEnd() {
        if (!tls.isPeerEnded()) {
            return Kind.TRUNCATED;
        }
        try {
            endOutput();
        } catch (IOException e) {
            TransportLog.debug("the close_notify of a peer could not be answered", e);
        }
        return Kind.ENDED;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        tls.write(bytes);
        if (bytes.hasRemaining() && !tls.hasOutput()) {
            throw new ClosedChannelException(); // before TLS 1.3 the peer's close_notify ends both directions
        }
    }

    @Override
    public boolean flush() throws IOException {
        return tls.flush();
    }

    @Override
    public boolean hasBufferedOutput() {
        return tls.hasOutput();
    }

    @Override
    public boolean endOutput() throws IOException {
        if (!tls.endOutput()) {
            return false;
        }
        channel.shutdownOutput();
        return true;
    }
}
