package io.parley.transport.blocking;

import io.parley.transport.Bench;
import io.parley.transport.TestTls;
import io.parley.transport.TransportContract;
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
