package io.parley.transport.blocking;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import io.parley.testkit.transport.UnixDomainContract;
import io.parley.transport.TestTls;

/** What every transport must do, under TLS where there are no hosts. */
final class BlockingTlsUnixDomainTest implements TransportContract {
    private final Bench bench =
            Bench.of(BlockingTransport.builder().tls(TestTls.options()).build(), UnixDomainContract::freshAddress);

    @Override
    public Bench bench() {
        return bench;
    }
}
