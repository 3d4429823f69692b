package io.parley.transport.nio;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsStream.HandshakeStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes through a connected channel, plain or under TLS. Loop thread only, but for {@link #session}. No method
 * blocks. Closing the channel frees everything that an adapter holds.
 */
interface ChannelAdapter {

    /** Begins or continues the handshake with the peer. */
    HandshakeStep handshake() throws IOException;

    /** The task that the handshake waits for. Called once after each NEEDS_TASK. */
    Runnable takeTask();

    /** Reads; 0 if there are no bytes now, -1 at the end of the stream. */
    int read(ByteBuffer bytes) throws IOException;

    /** Whether a read may give bytes although the channel is not readable. */
    boolean hasBufferedInput();

    /** After {@link #read} gave -1: says how the peer ended the stream, and answers a close_notify with ours. */
    Kind onPeerEnd();

    /**
     * Takes bytes and writes as many as the system takes. The bytes that it took and could not write stay in the
     * adapter; see {@link #hasBufferedOutput}.
     *
     * @throws java.nio.channels.ClosedChannelException if the channel is closed, or if the peer's end of the stream
     *     also ended this direction
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Writes the bytes that stayed in the adapter; true if none are left. */
    boolean flush() throws IOException;

    /** Whether bytes that the adapter took wait until the channel is writable. */
    boolean hasBufferedOutput();

    /**
     * Ends the output: tells the peer that no more bytes will come.
     *
     * @return false if this must be called again when the channel is writable
     */
    boolean endOutput() throws IOException;

    /** What the TLS handshake agreed on; null before it is complete, and without TLS. Any thread. */
    @Nullable
    SSLSession session();
}
