package io.parley.server;

import io.parley.wire.Wire;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The bounds of a server's connections. Each is enforced whatever the peer does.
 *
 * @param loginTimeout from the first byte until login is complete, handshakes of the transport included
 * @param frameTimeout for one frame that has begun
 * @param heartbeat silence after which a peer is pinged; after twice as much it is dropped
 * @param writeTimeout how long a peer may take no byte while there are some for it
 * @param closeTimeout for the orderly end of a connection
 * @param maxConnections connections at a time; more are closed at once
 * @param maxConnectionsPerAddress the same from one IP address; those over one Unix-domain socket count as one address
 * @param maxFrameBytes payload of a frame
 * @param maxTagBytes tags of a message, encoded
 * @param maxInFlight messages of a session that are not answered yet
 * @param outboxBytes answers waiting for a peer; over it, nothing more is read from it
 * @param framesPerSecond frames a peer may send in the long run, a large one counting once more for each KiB; over it,
 *     it is read from more slowly
 * @param burstFrames frames it may send at once
 */
public record ServerOptions(
        Duration loginTimeout,
        Duration frameTimeout,
        Duration heartbeat,
        Duration writeTimeout,
        Duration closeTimeout,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxFrameBytes,
        int maxTagBytes,
        int maxInFlight,
        int outboxBytes,
        int framesPerSecond,
        int burstFrames) {

    /** What a server on the open internet starts from. */
    public static final ServerOptions DEFAULT = new ServerOptions(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            20_000,
            1_000,
            Wire.DEFAULT_MAX_FRAME,
            1 << 10,
            256,
            128 << 10,
            100,
            1_000);

    /** The shortest of the times. */
    Duration shortest() {
        return Collections.min(List.of(loginTimeout, frameTimeout, heartbeat, writeTimeout, closeTimeout));
    }

    void check() {
        if (shortest().isNegative() || shortest().isZero()) {
            throw new IllegalArgumentException("a timeout is not positive: " + shortest());
        }
        for (int bound : new int[] {
            maxConnections,
            maxConnectionsPerAddress,
            maxFrameBytes,
            maxTagBytes,
            maxInFlight,
            outboxBytes,
            framesPerSecond,
            burstFrames
        }) {
            if (bound < 1) {
                throw new IllegalArgumentException("a bound is less than 1: " + bound);
            }
        }
    }

    /**
     * The same with other rates of frames.
     *
     * @param perSecond frames in the long run
     * @param burst frames at once
     * @return the options
     */
    public ServerOptions withFrameRate(int perSecond, int burst) {
        return new ServerOptions(
                loginTimeout,
                frameTimeout,
                heartbeat,
                writeTimeout,
                closeTimeout,
                maxConnections,
                maxConnectionsPerAddress,
                maxFrameBytes,
                maxTagBytes,
                maxInFlight,
                outboxBytes,
                perSecond,
                burst);
    }

    /**
     * The same with other bounds on connections.
     *
     * @param connections connections at a time
     * @param perAddress the same from one IP address
     * @return the options
     */
    public ServerOptions withMaxConnections(int connections, int perAddress) {
        return new ServerOptions(
                loginTimeout,
                frameTimeout,
                heartbeat,
                writeTimeout,
                closeTimeout,
                connections,
                perAddress,
                maxFrameBytes,
                maxTagBytes,
                maxInFlight,
                outboxBytes,
                framesPerSecond,
                burstFrames);
    }

    /**
     * The same with another write timeout.
     *
     * @param timeout how long a peer may take no byte while there are some for it
     * @return the options
     */
    public ServerOptions withWriteTimeout(Duration timeout) {
        return new ServerOptions(
                loginTimeout,
                frameTimeout,
                heartbeat,
                timeout,
                closeTimeout,
                maxConnections,
                maxConnectionsPerAddress,
                maxFrameBytes,
                maxTagBytes,
                maxInFlight,
                outboxBytes,
                framesPerSecond,
                burstFrames);
    }
}
