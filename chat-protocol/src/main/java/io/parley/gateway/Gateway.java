package io.parley.gateway;

import io.parley.room.Encoding;
import java.time.Duration;

/** A protocol that a server speaks. One instance serves all its connections. Any thread may call it; it must not block. */
public interface Gateway {

    /**
     * The name of the protocol, for lists and logs.
     *
     * @return a short name
     */
    String name();

    /**
     * How entries are written: the same instance each time.
     *
     * @return the encoding
     */
    Encoding encoding();

    /**
     * The bounds of this gateway's connections. Asked for each connection.
     *
     * @param server the bounds that the server is given
     * @return the bounds; the server's own unless it is overridden. Bounds on the number of connections are the server's
     */
    default GatewayOptions options(GatewayOptions server) {
        return server;
    }

    /**
     * After how long a request that has begun and is not complete is quiet: {@link Protocol#quiet} is then called. Asked for
     * each connection.
     *
     * @return the time since the last byte; zero, unless it is overridden, for never
     */
    default Duration quiet() {
        return Duration.ZERO;
    }

    /**
     * A connection has begun.
     *
     * @param peer the connection; nothing but its options and bounds may be asked of it before this returns
     * @return its half that speaks the protocol
     */
    Protocol open(Peer peer);
}
