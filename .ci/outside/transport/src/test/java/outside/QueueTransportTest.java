package outside;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.TransportContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class QueueTransportTest implements TransportContract {
    private final Bench bench = Bench.withoutSockets(
            new QueueTransport(), () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @Override
    public Bench bench() {
        return bench;
    }
}
