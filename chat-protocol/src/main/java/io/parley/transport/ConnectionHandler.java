package io.parley.transport;

import java.nio.ByteBuffer;

/**
 * What the user of a connection is told. Called by the transport's threads as the rules on {@link
 * Transport} say; no method may block. A method that throws closes its connection.
 */
public interface ConnectionHandler {

    /**
     * The connection is made. Comes first, before any other callback, and not at all when it could not
     * be made.
     *
     * @param connection the connection, usable until {@link #onClosed}
     */
    void onOpen(Connection connection);

    /**
     * Bytes came from the peer.
     *
     * @param bytes one byte or more; valid during the call only; must be consumed whole
     */
    void onBytes(ByteBuffer bytes);

    /**
     * The peer can take bytes: write what there is.
     *
     * @param sink where to, valid during the call only
     * @return DRAINED when nothing is left to write, MORE to be called again
     */
    Progress onWritable(Sink sink);

    /**
     * The connection is over. Comes exactly once and last.
     *
     * @param disconnect why
     */
    void onClosed(Disconnect disconnect);
}
