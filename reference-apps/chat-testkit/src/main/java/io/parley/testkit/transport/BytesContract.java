package io.parley.testkit.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static io.parley.testkit.transport.Samples.MEGABYTE;
import static io.parley.testkit.transport.Samples.PING;
import static io.parley.testkit.transport.Samples.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Bench.Link;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rule 1 of {@link Transport}: what onBytes is given, and what a pause holds back. */
public interface BytesContract extends Benched {
    /** Rule 1: bytes arrive complete and in order, in both directions at the same time. */
    @Test
    default void rule1_bytesArriveWholeAndInOrderBothWaysAtOnce() {
        byte[] up = bytes(3 * MEGABYTE, 1);
        byte[] down = bytes(3 * MEGABYTE, 2);
        Link link = bench().link(bench().probe().expect(down), bench().probe().expect(up));
        link.client().send(up);
        link.server().send(down);
        bench().await(
                        "all bytes",
                        () -> link.server().received() == up.length
                                && link.client().received() == down.length);
    }

    /** Rule 1: an echo returns unchanged. */
    @Test
    default void rule1_echoComesBackAsItWent() {
        byte[] bytes = bytes(MEGABYTE, 3);
        Link link = bench().link(bench().probe().expect(bytes), bench().probe().echoing());
        for (int from = 0; from < bytes.length; from += 8192) {
            link.client().send(Arrays.copyOfRange(bytes, from, from + 8192));
        }
        bench().await("the echo", () -> link.client().received() == bytes.length);
    }

    /** Rule 1: many small writes arrive in order. */
    @Test
    default void rule1_manySmallWritesArriveInOrder() {
        byte[] bytes = bytes(20_000, 4);
        Link link = bench().link(bench().probe(), bench().probe().expect(bytes));
        for (byte one : bytes) {
            link.client().send(new byte[] {one});
        }
        bench().await("all bytes", () -> link.server().received() == bytes.length);
    }

    /** Rule 1: bytes sent in {@code onOpen} arrive. */
    @Test
    default void rule1_bytesSentInOnOpenArrive() {
        Probe greeter = bench().probe();
        greeter.whenOpen(open -> greeter.send(PING));
        Link link = bench().link(bench().probe().expect(PING), greeter);
        bench().await("the greeting", () -> link.client().received() == PING.length);
    }

    /** Rule 1: a handler that does not consume its bytes loses its connection. */
    @Test
    default void rule1_bytesNotConsumedCostTheConnection() {
        Link link = bench().link(bench().probe(), bench().probe().whenBytes(bytes -> {}));
        link.client().send(PING);
        bench().await("the end", link.server()::isClosed);
        assertThat(link.server().kind()).isEqualTo(Kind.HANDLER_FAILED);
    }

    /** Rule 1: paused reads hold bytes back, and resuming delivers them. */
    @Test
    default void rule1_pausedReadsHoldBytesBackAndResumingLetsAllCome() {
        byte[] bytes = bytes(100_000, 6);
        Link link = bench().link(bench().probe(), bench().probe().expect(bytes).whenOpen(Connection::pauseReads));
        link.client().send(bytes);
        bench().stays("nothing", () -> link.server().received() == 0);
        link.server().call(Connection::resumeReads);
        bench().await("all bytes", () -> link.server().received() == bytes.length);
    }

    /** Rule 1: pausing inside {@code onBytes} takes effect at once. */
    @Test
    default void rule1_pausingInsideOnBytesTakesEffectAtOnce() {
        byte[] bytes = bytes(MEGABYTE, 7);
        Probe server = bench().probe().expect(bytes);
        AtomicInteger calls = new AtomicInteger();
        server.whenBytes(all -> {
            all.position(all.limit());
            server.call(Connection::pauseReads);
            server.noBytesNow(true);
            // Last: this is what the test's thread waits for before it resumes.
            calls.incrementAndGet();
        });
        Link link = bench().link(bench().probe(), server);
        link.client().send(bytes);
        int seen = 0;
        while (server.received() < bytes.length) {
            int before = seen;
            // Not resumed before it has paused: a call that is under way would forbid what is allowed here.
            bench().await("one more", () -> calls.get() > before || server.received() == bytes.length);
            seen = calls.get();
            server.noBytesNow(false);
            server.call(Connection::resumeReads);
        }
        assertThat(calls.get()).isGreaterThan(1);
    }

    /** Rule 1: pausing and resuming by other threads loses no byte. */
    @Test
    default void rule1_pausingAndResumingFromOtherThreadsLosesNothing() {
        byte[] bytes = bytes(2 * MEGABYTE, 8);
        Link link = bench().link(bench().probe(), bench().probe().expect(bytes));
        link.client().send(bytes);
        Connection reader = link.server().connection();
        List<Thread> threads = inParallel(2, number -> {
            for (int i = 0; i < 2000; i++) {
                reader.pauseReads();
                reader.resumeReads();
            }
        });
        bench().await("the threads", () -> threads.stream().noneMatch(Thread::isAlive));
        link.server().call(Connection::resumeReads);
        bench().await("all bytes", () -> link.server().received() == bytes.length);
    }

    /** Rule 1: the end of the stream is not told while reads are paused. */
    @Test
    default void rule1_theEndIsNotNoticedWhileReadsArePaused() {
        Link link = bench().link(bench().probe(), bench().probe().whenOpen(Connection::pauseReads));
        link.client().send(PING);
        link.client().call(Connection::close);
        bench().stays("still open", () -> !link.server().isClosed());
        link.server().call(Connection::resumeReads);
        assertThat(bench().end(link.server())).isEqualTo(Kind.ENDED);
        assertThat(link.server().received()).isEqualTo(PING.length);
    }
}
