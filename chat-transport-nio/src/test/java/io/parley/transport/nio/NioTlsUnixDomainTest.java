package io.parley.transport.nio;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import io.parley.testkit.transport.UnixDomainContract;
import io.parley.transport.TestTls;

/** What every transport must do, under TLS where there are no hosts. */
final class NioTlsUnixDomainTest implements TransportContract {
    private final Bench bench =
            Bench.of(NioTransport.builder().tls(TestTls.options()).build(), UnixDomainContract::freshAddress);

    @Override
    public Bench bench() {
        return bench;
    }
}
