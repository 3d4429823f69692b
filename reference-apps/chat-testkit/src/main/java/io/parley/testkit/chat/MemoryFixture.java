package io.parley.testkit.chat;

import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import io.parley.transport.memory.MemoryNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The network in memory. Everything runs on the thread of the test. Waiting runs the network and advances its clock, so a
 * timeout of minutes takes no time.
 */
public final class MemoryFixture implements ChatFixture {
    private final MemoryNetwork network;

    /**
     * A fixture on a network of its own.
     *
     * @param network the network, which the test may advance too
     */
    public MemoryFixture(MemoryNetwork network) {
        this.network = network;
    }

    /**
     * A fixture on a new network.
     *
     * @param seed decides how bytes are split and in which order things happen
     * @return the fixture
     */
    public static MemoryFixture seeded(long seed) {
        return new MemoryFixture(MemoryNetwork.seeded(seed));
    }

    @Override
    public Transport transport() {
        return network.transport();
    }

    @Override
    public SocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public SocketAddress otherAddress() {
        return address();
    }

    @Override
    public Scheduler scheduler() {
        return network.scheduler();
    }

    @Override
    public ChatFixture threaded() {
        return new ThreadedFixture(network);
    }

    @Override
    public void settle(String what, BooleanSupplier condition) {
        network.run();
        for (Duration passed = Duration.ZERO; !condition.getAsBoolean(); passed = passed.plusMillis(50)) {
            if (passed.compareTo(LIMIT) > 0) {
                throw new AssertionError("not true in time: " + what);
            }
            network.advance(Duration.ofMillis(50));
        }
    }
}
