package io.parley.transport.nio;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;

final class NioTwoLoopsTest implements TransportContract {
    private final Bench bench = Bench.of(
            NioTransport.builder()
                    .loops(2)
                    .sendBufferBytes(16 * 1024)
                    .receiveBufferBytes(16 * 1024)
                    .build(),
            () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @Override
    public Bench bench() {
        return bench;
    }
}
