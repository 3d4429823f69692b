package io.parley.transport.nio;

import io.parley.transport.Bench;
import io.parley.transport.TestTls;
import io.parley.transport.TransportContract;
import io.parley.transport.UnixDomainContract;

/** What every transport must do, under TLS where there are no hosts. */
final class NioTlsUnixDomainTest implements TransportContract {
    private final Bench bench =
            Bench.of(NioTransport.builder().tls(TestTls.options()).build(), UnixDomainContract::freshAddress);

    @Override
    public Bench bench() {
        return bench;
    }
}
