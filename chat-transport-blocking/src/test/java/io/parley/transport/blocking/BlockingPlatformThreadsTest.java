package io.parley.transport.blocking;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;

final class BlockingPlatformThreadsTest implements TransportContract {
    private final Bench bench = Bench.of(
            BlockingTransport.builder()
                    .platformThreads()
                    .sendBufferBytes(16 * 1024)
                    .receiveBufferBytes(16 * 1024)
                    .build(),
            () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @Override
    public Bench bench() {
        return bench;
    }
}
