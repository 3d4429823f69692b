package io.parley.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.Probe;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Progress;
import io.parley.transport.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What the network in memory does besides what every transport must: turning by hand, its clock, its faults and its order.
 *
 * <p>(A little over 300 lines, as the class it tests is.)
 */
final class MemoryNetworkTest {
    private static final MemoryAddress SERVER = new MemoryAddress("server");
    private static final MemoryAddress ALICE = new MemoryAddress("alice");

    private final MemoryNetwork network = MemoryNetwork.seeded(7);
    private final Scheduler scheduler = network.scheduler();
    private final List<String> trace = new ArrayList<>();
    private final Probe client = new Probe();
    private final Probe server = new Probe();

    // Seeds

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(runOf(1)).isEqualTo(runOf(1)).hasSizeGreaterThan(20);
        assertThat(runOf(1)).isNotEqualTo(runOf(2));
    }

    private static List<String> runOf(long seed) {
        MemoryNetwork network = MemoryNetwork.seeded(seed);
        List<String> trace = new ArrayList<>();
        listen(network, SERVER, traced("server", trace));
        for (int i = 0; i < 3; i++) {
            Probe client = traced("client" + i, trace);
            network.transport().connect(SERVER, client);
            network.run();
            client.send(Bench.bytes(500_000, i));
            network.scheduler().executor().execute(() -> trace.add("task"));
        }
        network.run();
        return trace;
    }

    private static Probe traced(String name, List<String> trace) {
        return new Probe().whenOpen(connection -> trace.add(name + " open")).whenBytes(bytes -> {
            trace.add(name + " " + bytes.remaining());
            bytes.position(bytes.limit());
        });
    }

    @Test
    void everySeedBringsEveryByte() {
        for (long seed = 0; seed < 200; seed++) {
            MemoryNetwork small = MemoryNetwork.builder()
                    .seed(seed)
                    .maxInFlightBytes(1 + (int) seed)
                    .build();
            byte[] bytes = Bench.bytes(3000, seed);
            Probe reader = new Probe().expect(bytes);
            Probe writer = new Probe().expect(bytes);
            listen(small, SERVER, reader);
            small.transport().connect(SERVER, writer);
            small.run();
            writer.send(bytes);
            reader.send(bytes);
            small.run();
            assertThat(reader.received()).isEqualTo(bytes.length);
            assertThat(writer.received()).isEqualTo(bytes.length);
            assertThat(reader.breaches()).isEmpty();
            assertThat(writer.breaches()).isEmpty();
        }
    }

    @Test
    void nothingHappensBeforeItIsTurned() {
        link();
        assertThat(client.isOpen()).isFalse();
        assertThat(network.step()).isTrue();
        network.run();
        assertThat(client.isOpen()).isTrue();
        assertThat(network.step()).isFalse();
    }

    @Test
    void aLinkHoldsSoManyBytesAndNoMore() {
        server.whenOpen(Connection::pauseReads);
        linkAndRun();
        client.send(new byte[200_000]);
        network.run();
        assertThat(client.taken()).isEqualTo(64 * 1024);
        assertThat(client.refusals()).isPositive();
        server.call(Connection::resumeReads);
        network.run();
        assertThat(server.received()).isEqualTo(200_000);
    }

    // The clock and the executor

    @Test
    void timersRunInTheOrderOfTheirTimeAndSeeIt() {
        long start = scheduler.nanoTime();
        long wall = scheduler.epochMillis();
        scheduler.schedule(Duration.ofSeconds(2), () -> note("two"));
        scheduler.schedule(Duration.ofSeconds(1), () -> {
            note("one");
            scheduler.schedule(Duration.ofMillis(500), () -> note("nested"));
        });
        scheduler.schedule(Duration.ofSeconds(3), () -> note("late"));
        scheduler.schedule(Duration.ofSeconds(-1), () -> note("now"));
        network.run();
        assertThat(trace).containsExactly("now@0");
        network.advance(Duration.ofMillis(2500));
        assertThat(trace).containsExactly("now@0", "one@1000", "nested@1500", "two@2000");
        assertThat(scheduler.nanoTime() - start)
                .isEqualTo(Duration.ofMillis(2500).toNanos());
        assertThat(scheduler.epochMillis() - wall).isEqualTo(2500);
        network.advance(Duration.ofMillis(500));
        assertThat(trace).endsWith("late@3000");
    }

    private void note(String what) {
        trace.add(what + "@" + scheduler.nanoTime() / 1_000_000);
    }

    @Test
    void aTimerCalledOffDoesNotRun() {
        Scheduler.Timeout timeout = scheduler.schedule(Duration.ofSeconds(1), () -> note("never"));
        timeout.cancel();
        timeout.cancel();
        network.advance(Duration.ofSeconds(2));
        assertThat(trace).isEmpty();
    }

    @Test
    void theWallClockStartsAtAFixedInstant() {
        assertThat(Instant.ofEpochMilli(scheduler.epochMillis())).hasToString("2026-01-01T00:00:00Z");
    }

    @Test
    void tasksRunInOrderAndOneThatThrowsHarmsNoOther() {
        scheduler.executor().execute(() -> trace.add("first"));
        scheduler.executor().execute(() -> {
            throw new IllegalStateException("second");
        });
        scheduler.executor().execute(() -> trace.add("third"));
        assertThat(trace).isEmpty();
        network.run();
        assertThat(trace).containsExactly("first", "third");
    }

    @Test
    void theClockDoesNotGoBack() {
        assertThatThrownBy(() -> network.advance(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    // Misuse

    @Test
    void turningInsideACallbackIsRefused() {
        client.whenOpen(connection -> network.run());
        linkAndRun();
        assertThat(client.kind()).isEqualTo(Kind.HANDLER_FAILED);
        assertThat(client.disconnect().cause()).isInstanceOf(IllegalStateException.class);
        scheduler
                .executor()
                .execute(() -> assertThatThrownBy(() -> network.advance(Duration.ZERO))
                        .isInstanceOf(IllegalStateException.class)
                        .satisfies(refused -> trace.add("refused")));
        network.run();
        assertThat(trace).containsExactly("refused");
    }

    @Test
    void aNetworkThatNeverGetsQuietIsGivenUp() {
        MemoryNetwork restless = MemoryNetwork.builder().maxSteps(1000).build();
        AtomicInteger calls = new AtomicInteger();
        listen(restless, SERVER, server);
        restless.transport().connect(SERVER, client.whenWritable(sink -> {
            calls.incrementAndGet();
            return Progress.MORE;
        }));
        client.whenOpen(Connection::wantWrite);
        assertThatThrownBy(restless::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1000")
                .hasMessageContaining("memory:client-1->memory:server");
        assertThat(calls.get()).isGreaterThan(900);
    }

    @Test
    void aBufferKeptAfterTheCallIsSpoilt() {
        List<ByteBuffer> kept = new ArrayList<>();
        server.whenBytes(bytes -> {
            kept.add(bytes.duplicate());
            bytes.position(bytes.limit());
        });
        linkAndRun();
        client.send(new byte[100]);
        network.run();
        assertThat(kept.get(0).get()).isEqualTo((byte) 0xEE);
    }

    // Faults

    @Test
    void aCutFailsBothEndsAndLosesWhatIsInFlight() {
        linkAndRun();
        client.send(new byte[1000]);
        network.cut(server.connection());
        network.run();
        assertThat(client.kind()).isEqualTo(Kind.FAILED);
        assertThat(server.kind()).isEqualTo(Kind.FAILED);
        assertThat(server.received()).isZero();
        network.cut(server.connection());
        network.run();
    }

    @Test
    void aCutByAddressSparesTheOthers() {
        linkAndRun();
        Probe alice = new Probe();
        network.transport(ALICE).connect(SERVER, alice);
        network.run();
        network.cut(ALICE);
        network.run();
        assertThat(alice.kind()).isEqualTo(Kind.FAILED);
        assertThat(client.isClosed()).isFalse();
        network.cut(SERVER);
        network.run();
        assertThat(client.kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void aFrozenLinkHangsUntilItThaws() {
        linkAndRun();
        network.freeze(SERVER);
        client.send(new byte[1000]);
        client.call(Connection::close);
        Probe late = new Probe();
        network.transport().connect(SERVER, late);
        network.run();
        assertThat(server.received()).isZero();
        assertThat(server.isClosed()).isFalse();
        assertThat(late.isOpen() || late.isClosed()).isFalse();
        network.thaw(SERVER);
        network.run();
        assertThat(server.received()).isEqualTo(1000);
        assertThat(server.kind()).isEqualTo(Kind.ENDED);
        assertThat(client.kind()).isEqualTo(Kind.CLOSED);
        assertThat(late.isOpen()).isTrue();
    }

    @Test
    void aRefusedAddressTakesNobodyUntilItIsAllowed() {
        network.refuse(SERVER);
        linkAndRun();
        assertThat(client.kind()).isEqualTo(Kind.FAILED);
        assertThat(client.disconnect().cause()).isInstanceOf(IOException.class);
        network.allow(SERVER);
        Probe second = new Probe();
        network.transport().connect(SERVER, second);
        network.run();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void leavingWithInputUnreadResetsThePeer() {
        server.whenOpen(Connection::pauseReads);
        linkAndRun();
        client.send(new byte[10]);
        network.run();
        server.call(Connection::abort);
        network.run();
        assertThat(client.kind()).isEqualTo(Kind.FAILED);
    }

    // Addresses

    @Test
    void anAcceptorSeesWhereAConnectionComesFrom() throws IOException {
        List<SocketAddress> seen = new ArrayList<>();
        network.transport().listen(SERVER, remote -> {
            seen.add(remote);
            return new Probe();
        });
        network.transport(ALICE).connect(SERVER, client);
        network.run();
        network.transport().connect(SERVER, new Probe());
        network.run();
        assertThat(seen).containsExactly(ALICE, new MemoryAddress("client-1"));
    }

    @Test
    void portZeroIsGivenAFreePortAndTheWildcardHearsItsPort() {
        Listening first = listen(network, new InetSocketAddress(0), server);
        Listening second = listen(network, new InetSocketAddress(0), new Probe());
        int port = ((InetSocketAddress) first.address()).getPort();
        assertThat(port).isPositive();
        assertThat(second.address()).isNotEqualTo(first.address());
        network.transport().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), client);
        network.run();
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void namesAreEqualByTheirText() {
        assertThat(new MemoryAddress("alice")).isEqualTo(ALICE).hasSameHashCodeAs(ALICE);
        assertThat(SERVER).isNotEqualTo(ALICE).hasToString("memory:server");
        assertThat(ALICE.name()).isEqualTo("alice");
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> MemoryNetwork.builder().maxInFlightBytes(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MemoryNetwork.builder().maxSteps(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void link() {
        listen(network, SERVER, server);
        network.transport().connect(SERVER, client);
    }

    private void linkAndRun() {
        link();
        network.run();
    }

    /** Listens with a probe for the first connection and fresh ones for the others. */
    private static Listening listen(MemoryNetwork network, SocketAddress address, Probe first) {
        AtomicInteger accepted = new AtomicInteger();
        try {
            return network.transport().listen(address, remote -> accepted.getAndIncrement() == 0 ? first : new Probe());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
