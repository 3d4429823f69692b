package io.parley.transport.memory;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import java.util.concurrent.atomic.AtomicInteger;

final class MemoryTransportTest implements TransportContract {
    private final MemoryNetwork network = MemoryNetwork.seeded(42);
    private final AtomicInteger names = new AtomicInteger();
    private final Bench bench = Bench.byHand(
            network.transport(), () -> new MemoryAddress("server-" + names.incrementAndGet()), network::run);

    @Override
    public Bench bench() {
        return bench;
    }
}
