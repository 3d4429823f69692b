package io.parley.transport;

import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One open way to a peer, as its user sees it. Any thread may call any method; none blocks and none runs a
 * callback before it returns. After the handler's {@code onClosed} every call is a no-op.
 */
public interface Connection {

    /**
     * The peer's address; of a connection being made, the address asked for.
     *
     * @return the remote address
     */
    SocketAddress remoteAddress();

    /**
     * What was agreed on by TLS: the protocol, the cipher, the peer's certificate.
     *
     * @return the session, from the first {@code onBytes} on; null before that and where there is no TLS
     */
    default @Nullable SSLSession tls() {
        return null;
    }

    /**
     * Says that there is something to write: at least one more {@code onWritable} follows. Cheap, and
     * cheapest when the transport knows already.
     */
    void wantWrite();

    /**
     * Stops the flow of {@code onBytes} until {@link #resumeReads()}: the peer is held back by the
     * transport's own flow control. A call under way is finished, and one more may come when another
     * thread than the reader's pauses. While reads are paused the end of the stream is not noticed.
     */
    void pauseReads();

    /** Lets {@code onBytes} flow again. */
    void resumeReads();

    /**
     * Closes in order: no {@code onBytes} any more, {@code onWritable} until the handler answers {@link
     * Progress#DRAINED}, then the end of the stream, then (so that nothing in flight is destroyed) input is
     * discarded until the peer ends too, then {@code onClosed}. May take as long as the peer likes; {@link
     * #abort()} ends it. Idempotent.
     */
    void close();

    /** Closes at once; what was not written is lost. Idempotent, and possible after {@link #close()}. */
    void abort();
}
