package io.parley.transport.blocking;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;

final class BlockingTransportTest implements TransportContract {
    private final Bench bench =
            Bench.of(BlockingTransport.create(), () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @Override
    public Bench bench() {
        return bench;
    }
}
