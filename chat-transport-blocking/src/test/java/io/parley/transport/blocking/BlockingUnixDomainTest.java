package io.parley.transport.blocking;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.UnixDomainContract;

final class BlockingUnixDomainTest implements UnixDomainContract {
    private final Bench bench = Bench.of(BlockingTransport.create(), UnixDomainContract::freshAddress);

    @Override
    public Bench bench() {
        return bench;
    }
}
