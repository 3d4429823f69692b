package io.parley.testkit.example;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.util.concurrent.atomic.AtomicInteger;

/** The transport contract can be bound from another package. */
final class MemoryTransportTest implements TransportContract {
    private final MemoryNetwork network = MemoryNetwork.seeded(7);
    private final AtomicInteger names = new AtomicInteger();
    private final Bench bench = Bench.byHand(
            network.transport(), () -> new MemoryAddress("server-" + names.incrementAndGet()), network::run);

    @Override
    public Bench bench() {
        return bench;
    }
}
