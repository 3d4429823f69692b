package io.parley.testkit.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static io.parley.testkit.transport.Probe.calling;
import static io.parley.testkit.transport.Samples.MEGABYTE;
import static io.parley.testkit.transport.Samples.PING;
import static io.parley.testkit.transport.Samples.calmTaken;
import static io.parley.testkit.transport.Samples.fill;
import static io.parley.testkit.transport.Samples.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Bench.Link;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Progress;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rules 4 and 5 of {@link Transport}: no callback inside a call, onClosed once and last, and abort. */
public interface CallsContract extends Benched {
    /** Rule 4: a call from a callback runs no other callback inside. */
    @Test
    default void rule4_callsFromCallbacksRunNoCallbackInside() {
        Consumer<Probe> everything = probe -> {
            probe.call(Connection::pauseReads);
            probe.call(Connection::resumeReads);
            probe.call(Connection::wantWrite);
        };
        Probe server = bench().probe();
        AtomicInteger writables = new AtomicInteger();
        server.whenOpen(open -> everything.accept(server))
                .whenBytes(bytes -> {
                    everything.accept(server);
                    bytes.position(bytes.limit());
                    server.call(Connection::close);
                    server.noBytesNow(true);
                })
                .whenWritable(sink -> {
                    if (writables.incrementAndGet() < 5) {
                        everything.accept(server);
                    }
                    return Progress.DRAINED;
                })
                .whenClosed(why -> {
                    everything.accept(server);
                    server.call(Connection::close);
                    server.call(Connection::abort);
                });
        Link link = bench().link(bench().probe(), server);
        link.client().send(bytes(300_000, 12));
        link.client().call(Connection::close);
        assertThat(bench().end(server)).isEqualTo(Kind.CLOSED);
    }

    /** Rule 4: {@code onClosed} comes once, however many threads close. */
    @Test
    default void rule4_onClosedComesOnceHoweverManyClose() {
        for (int round = 0; round < 20; round++) {
            Link link = bench().link();
            link.client().send(bytes(100_000, round));
            Connection connection = link.client().connection();
            List<Thread> threads = inParallel(4, number -> {
                if (number % 2 == 0) {
                    calling(connection::close);
                }
                calling(connection::abort);
            });
            bench().await("the threads", () -> threads.stream().noneMatch(Thread::isAlive));
            // CLOSED if the peer was quick enough between a close and the next abort.
            assertThat(bench().end(link.client())).isIn(Kind.ABORTED, Kind.CLOSED);
            bench().end(link.server());
        }
    }

    /** Rule 4: calls after the end do nothing. */
    @Test
    default void rule4_callsAfterTheEndAreNoOps() {
        Link link = bench().link();
        link.client().call(Connection::abort);
        bench().end(link.client());
        SocketAddress remote = link.client().connection().remoteAddress();
        for (int i = 0; i < 3; i++) {
            link.client().call(Connection::wantWrite);
            link.client().call(Connection::pauseReads);
            link.client().call(Connection::resumeReads);
            link.client().call(Connection::close);
            link.client().call(Connection::abort);
        }
        assertThat(link.client().connection().remoteAddress()).isEqualTo(remote);
        int calls = link.client().writables();
        bench().stays("nothing more", () -> link.client().writables() == calls);
        assertThat(link.client().kind()).isEqualTo(Kind.ABORTED);
    }

    /** Rule 4: a handler may connect and listen in its callbacks. */
    @Test
    default void rule4_aHandlerMayConnectAndListenFromItsCallbacks() {
        Probe second = bench().probe();
        Listening listening = bench().listen(remote -> bench().probe().echoing());
        Probe first = bench().probe().whenClosed(why -> bench().connect(listening.address(), second));
        bench().connect(listening.address(), first);
        bench().await("open", first::isOpen);
        first.call(Connection::abort);
        bench().await("the second open", second::isOpen);
    }

    // 5. abort

    /** Rule 5: an abort frees a writer that waits. */
    @Test
    default void rule5_abortFreesAWriterThatIsStuck() {
        byte[] block = bytes(32 * 1024, 13);
        Probe client = bench().probe().whenWritable(sink -> {
            fill(sink, block);
            return Progress.MORE;
        });
        Link link = bench().link(client, bench().probe().whenOpen(Connection::pauseReads));
        client.call(Connection::wantWrite);
        calmTaken(bench(), client);
        client.call(Connection::abort);
        assertThat(bench().end(client)).isEqualTo(Kind.ABORTED);
        assertThat(link.server().isClosed()).isFalse();
    }

    /** Rule 5: an abort ends a close that the peer delays. */
    @Test
    default void rule5_abortEndsACloseThatThePeerHoldsUp() {
        Link link = bench().link(bench().probe(), bench().probe().whenOpen(Connection::pauseReads));
        link.client().send(bytes(32 * MEGABYTE, 14));
        link.client().call(Connection::close);
        bench().stays("held up", () -> !link.client().isClosed());
        link.client().call(Connection::abort);
        assertThat(bench().end(link.client())).isEqualTo(Kind.ABORTED);
    }

    /** Rule 5: an abort ends a paused reader. */
    @Test
    default void rule5_abortEndsAPausedReader() {
        Link link = bench().link(bench().probe().whenOpen(Connection::pauseReads), bench().probe());
        link.server().send(PING);
        link.client().call(Connection::abort);
        assertThat(bench().end(link.client())).isEqualTo(Kind.ABORTED);
        assertThat(bench().end(link.server())).isIn(Kind.ENDED, Kind.FAILED, Kind.TRUNCATED);
    }

    /** Rule 5: after an abort inside a callback only {@code onClosed} follows. */
    @Test
    default void rule5_abortInsideACallbackIsTheLastThatIsHeard() {
        Probe server = bench().probe();
        server.whenBytes(bytes -> {
            bytes.position(bytes.limit());
            server.call(Connection::abort);
            server.noBytesNow(true);
        });
        Link link = bench().link(bench().probe(), server);
        link.client().send(bytes(MEGABYTE, 15));
        assertThat(bench().end(server)).isEqualTo(Kind.ABORTED);
    }
}
