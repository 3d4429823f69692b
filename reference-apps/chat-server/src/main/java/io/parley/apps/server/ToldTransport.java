package io.parley.apps.server;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Function;

/**
 * A transport that says in words why it cannot listen, so that a server with several of them says which it is. Any
 * thread may call it.
 *
 * @param transport what moves the bytes
 * @param words what an exception means
 */
record ToldTransport(Transport transport, Function<IOException, String> words) implements Transport {
    @Override
    public Listening listen(SocketAddress address, Acceptor acceptor) throws IOException {
        try {
            return transport.listen(address, acceptor);
        } catch (IOException no) {
            throw new IOException(words.apply(no), no);
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
