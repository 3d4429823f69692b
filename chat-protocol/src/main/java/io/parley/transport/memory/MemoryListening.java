package io.parley.transport.memory;

import io.parley.transport.Acceptor;
import io.parley.transport.Listening;
import java.net.SocketAddress;

/** A listener's place on the network. Any thread may call it. */
final class MemoryListening implements Listening {
    private final MemoryNetwork network;
    private final SocketAddress address;
    private final Acceptor acceptor;

    MemoryListening(MemoryNetwork network, SocketAddress address, Acceptor acceptor) {
        this.network = network;
        this.address = address;
        this.acceptor = acceptor;
    }

    Acceptor acceptor() {
        return acceptor;
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        network.unbind(this);
    }
}
