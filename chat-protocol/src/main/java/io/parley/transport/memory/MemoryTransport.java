package io.parley.transport.memory;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One user's way onto the network. Any thread may call it. */
final class MemoryTransport implements Transport {
    private final MemoryNetwork network;
    private final @Nullable SocketAddress from;

    /**
     * A way onto the network.
     *
     * @param network the network
     * @param from where its connections come from, null for an address of its own for each
     */
    MemoryTransport(MemoryNetwork network, @Nullable SocketAddress from) {
        this.network = network;
        this.from = from;
    }

    @Override
    public Listening listen(SocketAddress address, Acceptor acceptor) throws BindException {
        Objects.requireNonNull(address, "address");
        return network.bind(address, Objects.requireNonNull(acceptor, "acceptor"));
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler) {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(handler, "handler");
        SocketAddress local = from != null ? from : network.freshAddress(address instanceof InetSocketAddress);
        return network.begin(address, local, handler);
    }
}
