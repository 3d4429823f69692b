package io.parley.transport.nio;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import io.parley.transport.TestTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What every transport must do, under TLS. */
final class NioTlsTest implements TransportContract {
    private final Bench bench = Bench.of(
            NioTransport.builder().tls(TestTls.options()).build(),
            () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @Override
    public Bench bench() {
        return bench;
    }
}
