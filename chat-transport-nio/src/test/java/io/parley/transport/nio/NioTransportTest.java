package io.parley.transport.nio;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;

final class NioTransportTest implements TransportContract {
    private final Bench bench =
            Bench.of(NioTransport.create(), () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @Override
    public Bench bench() {
        return bench;
    }
}
