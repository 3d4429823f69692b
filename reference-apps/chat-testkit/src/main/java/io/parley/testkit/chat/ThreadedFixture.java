package io.parley.testkit.chat;

import io.parley.testkit.transport.Await;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import io.parley.transport.memory.MemoryNetwork;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The network in memory, with callbacks on threads of the system. Who waits moves the network, and its clock by a
 * millisecond each time.
 */
final class ThreadedFixture implements ChatFixture {
    private static final Duration TICK = Duration.ofMillis(1);

    private final MemoryNetwork network;
    private final MemoryFixture fixture;
    private final Scheduler scheduler;

    ThreadedFixture(MemoryNetwork network) {
        this.network = network;
        this.fixture = new MemoryFixture(network);
        this.scheduler = new ThreadedScheduler(network.scheduler());
    }

    @Override
    public Transport transport() {
        return fixture.transport();
    }

    @Override
    public SocketAddress address() {
        return fixture.address();
    }

    @Override
    public SocketAddress otherAddress() {
        return fixture.otherAddress();
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void settle(String what, BooleanSupplier condition) {
        Await.until(what, LIMIT, TICK, () -> turned(condition));
    }

    private boolean turned(BooleanSupplier condition) {
        network.advance(TICK);
        return condition.getAsBoolean();
    }

    private final class ThreadedScheduler implements Scheduler {
        private final Scheduler clock;

        ThreadedScheduler(Scheduler clock) {
            this.clock = clock;
        }

        @Override
        public long nanoTime() {
            return clock.nanoTime();
        }

        @Override
        public long epochMillis() {
            return clock.epochMillis();
        }

        @Override
        public Timeout schedule(Duration delay, Runnable task) {
            return clock.schedule(delay, task);
        }

        @Override
        public Executor executor() {
            return Scheduler.system().executor();
        }

        @Override
        public boolean await(CompletableFuture<?> future, Duration timeout) {
            return Await.within(timeout, TICK, () -> turned(future::isDone));
        }
    }
}
