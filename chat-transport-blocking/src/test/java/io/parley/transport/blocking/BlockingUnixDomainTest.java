package io.parley.transport.blocking;

import io.parley.transport.Bench;
import io.parley.transport.UnixDomainContract;

final class BlockingUnixDomainTest implements UnixDomainContract {
    private final Bench bench = Bench.of(BlockingTransport.create(), UnixDomainContract::freshAddress);

    @Override
    public Bench bench() {
        return bench;
    }
}
