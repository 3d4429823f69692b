package io.parley.transport;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Decides who handles an accepted connection. Called on the transport's thread and must not block. */
@FunctionalInterface
public interface Acceptor {

    /**
     * Gives the handler for a connection that has just been accepted.
     *
     * @param remote the peer's address
     * @return the handler, or null to close the connection at once and unheard
     */
    @Nullable
    ConnectionHandler accept(SocketAddress remote);
}
