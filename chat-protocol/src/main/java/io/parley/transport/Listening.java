package io.parley.transport;

import java.net.SocketAddress;

/** An open listener. Any thread may call it. */
public interface Listening extends AutoCloseable {

    /**
     * The address that is listened on, with the port that was chosen where 0 was asked for.
     *
     * @return the bound address
     */
    SocketAddress address();

    /**
     * Stops accepting and frees the address before it returns; connections already accepted live on.
     * Idempotent.
     */
    @Override
    void close();
}
