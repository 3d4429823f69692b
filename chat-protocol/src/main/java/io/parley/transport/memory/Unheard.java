package io.parley.transport.memory;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.nio.ByteBuffer;

/** The handler of a connection that its acceptor did not want: it goes away at once. */
final class Unheard implements ConnectionHandler {
    @Override
    public void onOpen(Connection connection) {
        connection.abort();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public Progress onWritable(Sink sink) {
        return Progress.DRAINED;
    }

    @Override
    public void onClosed(Disconnect disconnect) {}
}
