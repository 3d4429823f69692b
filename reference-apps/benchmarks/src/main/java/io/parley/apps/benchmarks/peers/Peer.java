package io.parley.apps.benchmarks.peers;

import java.io.IOException;

/**
 * A server that Parley is compared with, listening on the loopback address until it is closed. For any thread.
 *
 * <p>It gives out every message to all that are in its room, the sender among them, in one order and numbered from 1
 * without a hole; it knows no limits, acknowledgements or history.
 */
public interface Peer extends AutoCloseable {
    /** As many as wait to be accepted while a swarm connects. */
    int ACCEPT_BACKLOG = 4096;

    /** The port that was free. */
    int port();

    /** Ends all connections and threads. */
    @Override
    void close();

    /**
     * Starts one; those of Netty with as many event loops as the property {@code peers.loops} says, else with one.
     *
     * @param kind {@code floor}, {@code tutorial}, {@code netty-nio} or {@code netty-epoll}, and the latter two with {@code
     *     -burst} for one buffer a turn instead of one a message
     * @throws IOException if no port can be had
     * @throws IllegalArgumentException when there is no such kind
     */
    static Peer start(String kind) throws IOException {
        return switch (kind) {
            case "floor" -> FloorPeer.start();
            case "tutorial" -> TutorialPeer.start();
            case "netty-nio" -> NettyPeer.startNio(Integer.getInteger("peers.loops", 1), 1);
            case "netty-nio-burst" -> NettyPeer.startNio(Integer.getInteger("peers.loops", 1), Integer.MAX_VALUE);
            case "netty-epoll" -> NettyPeer.startEpoll(Integer.getInteger("peers.loops", 1), 1);
            case "netty-epoll-burst" -> NettyPeer.startEpoll(Integer.getInteger("peers.loops", 1), Integer.MAX_VALUE);
            default -> throw new IllegalArgumentException("no peer of the kind " + kind);
        };
    }
}
