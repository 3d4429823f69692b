package io.parley.transport.blocking;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import io.parley.transport.TestTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What every transport must do, under TLS. */
final class BlockingTlsTest implements TransportContract {
    private final Bench bench = Bench.of(
            BlockingTransport.builder().tls(TestTls.options()).build(),
            () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @Override
    public Bench bench() {
        return bench;
    }
}
