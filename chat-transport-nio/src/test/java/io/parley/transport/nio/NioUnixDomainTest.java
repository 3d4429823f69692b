package io.parley.transport.nio;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.UnixDomainContract;

final class NioUnixDomainTest implements UnixDomainContract {
    private final Bench bench = Bench.of(NioTransport.create(), UnixDomainContract::freshAddress);

    @Override
    public Bench bench() {
        return bench;
    }
}
