package io.parley.client;

import io.parley.codec.Bytes;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A login in several steps, such as SCRAM, as the client speaks it. There is a new one for each connection.
 *
 * <p>{@link #initial} is called first, on a thread of the scheduler or the transport, and must not compute for long. {@link #respond} is
 * called where callbacks run, one at a time. It may compute, but bounds what a server makes it compute, such as the number of iterations: while
 * it computes, no callback runs.
 *
 * <p>A session that goes on over a new connection is proved by its token alone, which goes with the first response.
 */
public interface LoginExchange {

    /**
     * The first response.
     *
     * @return what goes with HELLO; it may be empty
     */
    Bytes initial();

    /**
     * Responds to a challenge.
     *
     * @param challenge the challenge, as the server sent it
     * @param tls what TLS has agreed on; null if the connection is in the clear
     * @return the response; it may be empty
     * @throws RuntimeException if the server does not speak the mechanism, or does not know the password: the connection ends with
     *     AUTH_FAILED
     */
    Bytes respond(Bytes challenge, @Nullable SSLSession tls);

    /**
     * Whether the mechanism is through, the server's proof included. A server that lets the client in before is not believed: the
     * connection ends with AUTH_FAILED. Any thread.
     *
     * @return true behind the last step
     */
    boolean isComplete();
}
