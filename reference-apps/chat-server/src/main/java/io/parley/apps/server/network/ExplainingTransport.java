package io.parley.apps.server.network;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Function;

/**
 * A transport whose errors of listening are explained. A server with several transports so tells which one failed. Any
 * thread may call it.
 *
 * @param transport the transport that does the work
 * @param explanation the message for an exception
 */
public record ExplainingTransport(Transport transport, Function<IOException, String> explanation) implements Transport {
    @Override
    public Listening listen(SocketAddress address, Acceptor acceptor) throws IOException {
        try {
            return transport.listen(address, acceptor);
        } catch (IOException error) {
            throw new IOException(explanation.apply(error), error);
        }
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler) {
        return transport.connect(address, handler);
    }

    @Override
    public boolean isEncrypted() {
        return transport.isEncrypted();
    }
}
