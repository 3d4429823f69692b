package outside;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;

class MemoryTransportTest implements TransportContract {
    private final MemoryNetwork network = MemoryNetwork.seeded(1);
    private int next = 1;
    private final Bench bench =
            Bench.byHand(network.transport(), () -> new MemoryAddress("server " + next++), network::run);

    @Override
    public Bench bench() {
        return bench;
    }
}
