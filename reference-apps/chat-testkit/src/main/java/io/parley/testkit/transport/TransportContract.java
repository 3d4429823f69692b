package io.parley.testkit.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static io.parley.testkit.transport.Probe.calling;
import static io.parley.testkit.transport.Samples.LARGEST_TURN;
import static io.parley.testkit.transport.Samples.MEGABYTE;
import static io.parley.testkit.transport.Samples.PING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.transport.Bench.Link;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every transport must do, as tests. The numbers are those of the rules on {@link Transport}. A binding is a test class
 * that implements this interface and gives a {@link Bench}, a new one for each test. The description of the package shows
 * one.
 *
 * <p>Each test ends with {@link Bench#finish()}, which checks that each connection was closed once and last, that no two
 * calls of a callback overlapped, that no callback ran inside a call, and that no thread was left behind.
 *
 * <p>(Over 300 lines, so that every rule is found in one place.)
 */
public interface TransportContract {
    /**
     * The bench of the test that runs.
     *
     * @return the same bench during one test, and a new one for each test
     */
    Bench bench();

    /** Calls {@link Bench#finish()} after each test. */
    @AfterEach
    default void clearUp() {
        bench().finish();
    }

    // 1. onBytes

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

    // 2. onWritable

    /** Rule 2: a handler that has more to write is called again. */
    @Test
    default void rule2_aHandlerWithMoreIsCalledAgain() {
        AtomicInteger left = new AtomicInteger(100);
        Probe client =
                bench().probe().whenWritable(sink -> left.decrementAndGet() > 0 ? Progress.MORE : Progress.DRAINED);
        Link link = bench().link(client, bench().probe());
        link.client().call(Connection::wantWrite);
        bench().await("a hundred calls", () -> left.get() == 0);
        bench().stays("and no more", () -> left.get() == 0);
    }

    /** Rule 2: one call of {@code onWritable} takes a limited number of bytes. */
    @Test
    default void rule2_aTurnIsBounded() {
        byte[] bytes = bytes(4 * MEGABYTE, 9);
        Link link = bench().link(bench().probe(), bench().probe().expect(bytes));
        link.client().send(bytes);
        bench().await("all bytes", () -> link.server().received() == bytes.length);
        assertThat(link.client().largestTurn()).isBetween(1, LARGEST_TURN);
        assertThat(link.client().taken()).isEqualTo(bytes.length);
    }

    /** Rule 2: a busy writer does not keep other connections from writing. */
    @Test
    default void rule2_aBusyWriterLetsOthersHaveTheirTurn() {
        AtomicBoolean answered = new AtomicBoolean();
        byte[] block = bytes(64 * 1024, 10);
        Probe busy = bench().probe().whenWritable(sink -> {
            int count = 1;
            while (!answered.get() && count > 0) {
                count = sink.write(block, 0, block.length);
            }
            return answered.get() ? Progress.DRAINED : Progress.MORE;
        });
        Link other = bench().link(
                        bench().probe().whenBytes(all -> {
                            all.position(all.limit());
                            answered.set(true);
                        }),
                        bench().probe().echoing());
        AtomicBoolean asked = new AtomicBoolean();
        Probe reader = bench().probe().whenBytes(all -> {
            all.position(all.limit());
            if (!asked.getAndSet(true)) {
                other.client().send(PING);
            }
        });
        bench().link(busy, reader);
        busy.call(Connection::wantWrite);
        bench().await("the other's answer", answered::get);
    }

    /** Rule 2: a handler that drained is not called without a request. */
    @Test
    default void rule2_aHandlerThatDrainedIsNotCalledUnasked() {
        Link link = bench().link();
        link.client().send(PING);
        bench().await("the bytes", () -> link.server().received() == PING.length);
        int calls = link.client().writables();
        bench().stays("quiet", () -> link.client().writables() == calls);
        assertThat(link.server().writables()).isZero();
    }

    /** Rule 2: a peer that does not read stops the writer. */
    @Test
    default void rule2_aPeerThatDoesNotReadHoldsTheWriterBack() {
        byte[] block = bytes(32 * 1024, 11);
        AtomicBoolean enough = new AtomicBoolean();
        Probe client = bench().probe().whenWritable(sink -> {
            if (enough.get()) {
                return Progress.DRAINED;
            }
            fill(sink, block);
            return Progress.MORE;
        });
        Probe server = bench().probe().whenOpen(Connection::pauseReads).whenBytes(bytes -> {
            bytes.position(bytes.limit());
            enough.set(true);
        });
        bench().link(client, server);
        client.call(Connection::wantWrite);
        long taken = calmTaken(client);
        assertThat(taken).isBetween(1L, 64L * MEGABYTE);
        assertThat(client.refusals()).isPositive();
        server.call(Connection::resumeReads);
        bench().await("the rest", () -> enough.get() && server.received() == client.taken());
    }

    /** Waits until a writer is stuck; how much was taken by then. */
    private long calmTaken(Probe writer) {
        AtomicLong last = new AtomicLong(-1);
        bench().await("the writer to be stuck", () -> {
            long now = writer.taken();
            if (writer.refusals() == 0 || now != last.getAndSet(now)) {
                return false;
            }
            bench().stays("looked at", () -> true);
            return now == writer.taken();
        });
        return writer.taken();
    }

    // 3. wantWrite

    /** Rule 3: no request to write is lost, however many threads make one. */
    @Test
    default void rule3_noWishIsLostHoweverManyThreadsWish() {
        AtomicLong published = new AtomicLong();
        AtomicLong written = new AtomicLong();
        byte[] block = new byte[4096];
        Probe client = bench().probe().whenWritable(sink -> {
            while (written.get() < published.get()) {
                int most = (int) Math.min(block.length, published.get() - written.get());
                int count = sink.write(block, 0, most);
                if (count == 0) {
                    return Progress.MORE;
                }
                written.addAndGet(count);
            }
            return Progress.DRAINED;
        });
        Link link = bench().link(client, bench().probe());
        Connection connection = client.connection();
        List<Thread> threads = inParallel(4, number -> {
            for (int i = 0; i < 5000; i++) {
                published.incrementAndGet();
                calling(connection::wantWrite);
            }
        });
        bench().await("every byte", () -> link.server().received() == 20_000);
        bench().await("the threads", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    /** Rule 3: no request to write is lost between two others. */
    @Test
    default void rule3_noWishIsLostBetweenOneAndTheNext() {
        // One at a time, each sent when the last has arrived: the writer is at its idlest each time.
        Link link = bench().link();
        for (int i = 1; i <= 300; i++) {
            long count = i;
            link.client().send(new byte[1]);
            bench().await("byte " + i, () -> link.server().received() == count);
        }
    }

    /** Rule 3: a request to write before the connection is made is kept. */
    @Test
    default void rule3_aWishBeforeTheConnectionIsMadeIsKept() {
        Probe server = bench().probe();
        Listening listening = bench().listen(remote -> server);
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(PING);
        bench().await("the bytes", () -> server.received() == PING.length);
    }

    /** Rule 3: a request to write inside {@code onWritable} causes one more call. */
    @Test
    default void rule3_aWishInsideOnWritableBringsOneMoreCall() {
        AtomicInteger calls = new AtomicInteger();
        Probe self = bench().probe();
        self.whenWritable(sink -> {
            if (calls.incrementAndGet() < 50) {
                self.call(Connection::wantWrite);
            }
            return Progress.DRAINED;
        });
        Link link = bench().link(self, bench().probe());
        link.client().call(Connection::wantWrite);
        bench().await("fifty calls", () -> calls.get() == 50);
        bench().stays("and no more", () -> calls.get() == 50);
    }

    // 4. no callback inside a call; onClosed once and last

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
        calmTaken(client);
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

    // 6. faults

    /** Rule 6: a handler that throws in {@code onOpen} loses only its own connection. */
    @Test
    default void rule6_aHandlerThatThrowsInOnOpenCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenOpen(open -> fail(new IllegalStateException("onOpen"))));
    }

    /** Rule 6: a handler that throws in {@code onBytes} loses only its own connection. */
    @Test
    default void rule6_aHandlerThatThrowsInOnBytesCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenBytes(bytes -> fail(new AssertionError("onBytes"))));
    }

    /** Rule 6: a handler that throws in {@code onWritable} loses only its own connection. */
    @Test
    default void rule6_aHandlerThatThrowsInOnWritableCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenOpen(Connection::wantWrite).whenWritable(sink -> {
            sink.write(PING, 0, PING.length);
            fail(new OutOfMemoryError("onWritable, not a real one"));
            return Progress.DRAINED;
        }));
    }

    /** Rule 6: a handler that overflows the stack loses only its own connection. */
    @Test
    default void rule6_aHandlerThatOverflowsTheStackCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenBytes(bytes -> endless(1)));
    }

    /** Rule 6: a handler that returns null loses only its own connection. */
    @Test
    default void rule6_aHandlerThatAnswersNullCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenOpen(Connection::wantWrite).whenWritable(sink -> null));
    }

    /** Rule 6: a handler that throws in {@code onClosed} does no harm. */
    @Test
    default void rule6_aHandlerThatThrowsInOnClosedHarmsNobody() {
        Probe bad = bench().probe().whenClosed(why -> fail(new IllegalStateException("onClosed")));
        AtomicReference<Probe> next = new AtomicReference<>(bad);
        Listening listening = bench().listen(remote -> nextOr(next));
        Probe client = bench().connect(listening.address(), bench().probe());
        bench().await("open", bad::isOpen);
        client.call(Connection::close);
        assertThat(bench().end(bad)).isEqualTo(Kind.ENDED);
        bench().echoWorks(listening.address());
    }

    /** Rule 6: a callback that leaves its thread interrupted does no harm. */
    @Test
    default void rule6_callbacksThatLeaveTheirThreadInterruptedHarmNobody() {
        Probe server = bench().probe();
        server.whenOpen(connection -> Thread.currentThread().interrupt())
                .whenBytes(bytes -> {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    server.send(copy);
                    Thread.currentThread().interrupt();
                })
                .whenWritable(sink -> {
                    Progress progress = server.sendOutgoing(sink);
                    Thread.currentThread().interrupt();
                    return progress;
                });
        AtomicReference<Probe> next = new AtomicReference<>(server);
        try {
            Listening listening = bench().listen(remote -> {
                Thread.currentThread().interrupt();
                return nextOr(next);
            });
            Probe client = bench().connect(listening.address(), bench().probe());
            for (int n = 1; n <= 3; n++) {
                int all = n * PING.length;
                client.send(PING);
                bench().await("an echo", () -> client.received() == all);
            }
            bench().echoWorks(listening.address());
            client.call(Connection::close);
            assertThat(bench().end(server)).isEqualTo(Kind.ENDED);
        } finally {
            Thread.interrupted(); // where the test's thread is the transport's
        }
    }

    private void costsItsConnectionOnly(Consumer<Probe> badness) {
        Probe good = bench().probe().echoing();
        Link bystander = bench().link(bench().probe(), good);
        Probe bad = bench().probe();
        badness.accept(bad);
        AtomicReference<Probe> next = new AtomicReference<>(bad);
        Listening listening = bench().listen(remote -> nextOr(next));
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(PING);
        assertThat(bench().end(bad)).isEqualTo(Kind.HANDLER_FAILED);
        assertThat(bad.disconnect().cause()).isNotNull();
        assertThat(bench().end(client)).isIn(Kind.ENDED, Kind.FAILED, Kind.TRUNCATED);
        bench().echoWorks(listening.address());
        bystander.client().send(PING);
        bench().await("the bystander's echo", () -> bystander.client().received() == PING.length);
    }

    /** The probe prepared for the first connection, then one that echoes. */
    private Probe nextOr(AtomicReference<Probe> first) {
        Probe probe = first.getAndSet(null);
        return probe != null ? probe : bench().probe().echoing();
    }

    /** Rule 6: connecting to an address where nobody listens fails for this connection only. */
    @Test
    default void rule6_aNameThatNobodyListensAtFailsAlone() {
        Listening listening = bench().listen(remote -> null);
        listening.close();
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(PING);
        assertThat(bench().end(client)).isEqualTo(Kind.FAILED);
        assertThat(client.disconnect().cause()).isInstanceOf(IOException.class);
        assertThat(client.isOpen()).isFalse();
        assertThat(client.connection().remoteAddress()).isEqualTo(listening.address());
    }

    /** Rule 6: an acceptor may refuse a connection. */
    @Test
    default void rule6_anAcceptorMayDecline() {
        AtomicReference<Probe> first = new AtomicReference<>();
        AtomicInteger asked = new AtomicInteger();
        Listening listening = bench().listen(remote -> asked.getAndIncrement() == 0 ? null : nextOr(first));
        Probe client = bench().connect(listening.address(), bench().probe());
        assertThat(bench().end(client)).isIn(Kind.ENDED, Kind.FAILED, Kind.TRUNCATED);
        bench().echoWorks(listening.address());
    }

    /** Rule 6: an acceptor that throws does no harm. */
    @Test
    default void rule6_anAcceptorThatThrowsHarmsNobody() {
        AtomicReference<Probe> first = new AtomicReference<>();
        AtomicInteger asked = new AtomicInteger();
        Listening listening = bench().listen(remote -> {
            if (asked.getAndIncrement() == 0) {
                fail(new AssertionError("acceptor"));
            }
            return nextOr(first);
        });
        Probe client = bench().connect(listening.address(), bench().probe());
        assertThat(bench().end(client)).isIn(Kind.ENDED, Kind.FAILED, Kind.TRUNCATED);
        bench().echoWorks(listening.address());
    }

    /** Rule 6: a reset is told as a failure and not as an orderly end. */
    @Test
    default void rule6_aResetIsAFailureAndNoOrderlyEnd() {
        Probe server = bench().probe();
        bench().resetBy(server);
        assertThat(bench().end(server)).isIn(broken());
        assertThat(server.received()).isZero();
    }

    /** How a connection that broke may be told: under TLS a stream that broke off is a kind of its own. */
    private List<Kind> broken() {
        return bench().transport().isEncrypted() ? List.of(Kind.FAILED, Kind.TRUNCATED) : List.of(Kind.FAILED);
    }

    /** Rule 6: a writer is told that its peer is gone. */
    @Test
    default void rule6_aWriterWhosePeerIsGoneIsTold() {
        byte[] block = bytes(32 * 1024, 20);
        Probe client = bench().probe().whenOpen(Connection::pauseReads).whenWritable(sink -> {
            sink.write(block, 0, block.length);
            return Progress.MORE;
        });
        Link link = bench().link(client, bench().probe());
        link.server().call(Connection::abort);
        bench().end(link.server());
        client.call(Connection::wantWrite);
        assertThat(bench().end(client)).isIn(broken());
    }

    // Closing in order

    /** A close is told to the peer as an orderly end. */
    @Test
    default void close_isHeardAsAnOrderlyEndByThePeer() {
        Link link = bench().link();
        link.client().send(PING);
        link.client().call(Connection::close);
        assertThat(bench().end(link.client())).isEqualTo(Kind.CLOSED);
        assertThat(bench().end(link.server())).isEqualTo(Kind.ENDED);
        assertThat(link.server().received()).isEqualTo(PING.length);
    }

    /** A close delivers megabytes to a slow reader. */
    @Test
    default void close_flushesMegabytesToASlowReader() {
        byte[] bytes = bytes(16 * MEGABYTE, 16);
        Probe server = bench().probe().expect(bytes).whenOpen(Connection::pauseReads);
        Link link = bench().link(bench().probe(), server);
        link.client().send(bytes);
        link.client().call(Connection::close);
        bench().stays("held up", () -> !link.client().isClosed());
        server.call(Connection::resumeReads);
        assertThat(bench().end(server)).isEqualTo(Kind.ENDED);
        assertThat(server.received()).isEqualTo(bytes.length);
        assertThat(bench().end(link.client())).isEqualTo(Kind.CLOSED);
    }

    /** A close with unread input loses nothing on its way. */
    @Test
    default void close_withUnreadInputDestroysNothingInFlight() {
        byte[] answer = bytes(2 * MEGABYTE, 17);
        Probe server = bench().probe().whenOpen(Connection::pauseReads);
        Probe client = bench().probe().expect(answer);
        Link link = bench().link(client, server);
        client.send(bytes(2 * MEGABYTE, 18));
        client.call(Connection::pauseReads);
        server.send(answer);
        server.call(Connection::close);
        server.noBytesNow(true);
        bench().stays("held up", () -> !server.isClosed());
        client.call(Connection::resumeReads);
        assertThat(bench().end(link.client())).isEqualTo(Kind.ENDED);
        assertThat(client.received()).isEqualTo(answer.length);
        assertThat(bench().end(server)).isEqualTo(Kind.CLOSED);
    }

    /** Both sides may close at the same time. */
    @Test
    default void close_fromBothSidesAtOnceEndsBoth() {
        for (int round = 0; round < 20; round++) {
            byte[] bytes = bytes(10_000, round);
            Link link = bench().link(bench().probe(), bench().probe());
            link.client().send(bytes);
            link.server().send(bytes);
            link.client().call(Connection::close);
            link.server().call(Connection::close);
            assertThat(bench().end(link.client())).isIn(Kind.CLOSED, Kind.ENDED);
            assertThat(bench().end(link.server())).isIn(Kind.CLOSED, Kind.ENDED);
        }
    }

    /** A close before the connection is made delivers what was sent. */
    @Test
    default void close_beforeTheConnectionIsMadeStillFlushes() {
        Probe server = bench().probe().expect(PING);
        Listening listening = bench().listen(remote -> server);
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(PING);
        client.call(Connection::close);
        assertThat(bench().end(server)).isEqualTo(Kind.ENDED);
        assertThat(server.received()).isEqualTo(PING.length);
        assertThat(bench().end(client)).isEqualTo(Kind.CLOSED);
        assertThat(client.isOpen()).isTrue();
    }

    /** After a close no bytes are told. */
    @Test
    default void close_afterWhichNoBytesAreHeard() {
        Link link = bench().link();
        link.server().call(Connection::close);
        bench().await("the end at the peer", link.client()::isClosed);
        assertThat(bench().end(link.server())).isEqualTo(Kind.CLOSED);
        assertThat(link.client().kind()).isEqualTo(Kind.ENDED);
    }

    // Connecting and listening

    /** A connection that is aborted at once is closed alone. */
    @Test
    default void connect_abortedAtOnceIsClosedAlone() {
        Listening listening = bench().listen(remote -> bench().probe());
        for (int round = 0; round < 20; round++) {
            Probe client = bench().probe();
            bench().connect(listening.address(), client);
            client.call(Connection::abort);
            assertThat(bench().end(client)).isEqualTo(Kind.ABORTED);
        }
    }

    /** A closed listener accepts nobody, and its connections go on. */
    @Test
    default void listen_closedTakesNobodyMoreAndLeavesTheOthersAlone() {
        Link link = bench().link(bench().probe(), bench().probe().echoing());
        calling(link.listening()::close);
        calling(link.listening()::close);
        Probe late = bench().connect(link.listening().address(), bench().probe());
        assertThat(bench().end(late)).isEqualTo(Kind.FAILED);
        link.client().send(PING);
        bench().await("the echo", () -> link.client().received() == PING.length);
    }

    /** An address can be used again at once. */
    @Test
    default void listen_againAtTheSameAddressAtOnce() {
        SocketAddress address = bench().listen(remote -> null).address();
        bench().finish();
        for (int round = 0; round < 5; round++) {
            Listening listening =
                    bench().listen(address, remote -> bench().probe().echoing());
            assertThat(listening.address()).isEqualTo(address);
            Probe stays = bench().connect(address, bench().probe());
            bench().echoWorks(address);
            bench().await("open", stays::isOpen);
            calling(listening::close);
        }
    }

    /** A listener that is closed inside a callback frees its address at once. */
    @Test
    default void listen_closedInsideACallbackFreesTheAddressAtOnce() {
        AtomicReference<Listening> listening = new AtomicReference<>();
        AtomicReference<Listening> again = new AtomicReference<>();
        Probe server = bench().probe().whenBytes(bytes -> {
            bytes.position(bytes.limit());
            Listening old = requireNonNull(listening.get());
            calling(old::close);
            again.set(bench().listen(old.address(), remote -> bench().probe().echoing()));
        });
        Listening first = bench().listen(remote -> server);
        listening.set(first);
        Probe client = bench().connect(first.address(), bench().probe());
        client.send(PING);
        bench().await("a new listener", () -> again.get() != null);
        bench().echoWorks(requireNonNull(again.get()).address());
    }

    /** Listening at an address in use fails. */
    @Test
    default void listen_atATakenAddressIsRefused() {
        Listening listening = bench().listen(remote -> bench().probe().echoing());
        assertThatThrownBy(() -> bench().transport().listen(listening.address(), remote -> null))
                .isInstanceOf(IOException.class);
        bench().echoWorks(listening.address());
    }

    /** Three hundred connections work at the same time. */
    @Test
    default void manyConnectionsAtOnceAllWork() {
        int count = 300;
        byte[] bytes = bytes(2000, 19);
        Listening listening = bench().listen(remote -> bench().probe().echoing());
        List<Probe> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Probe client = bench().connect(listening.address(), bench().probe().expect(bytes));
            client.send(bytes);
            clients.add(client);
        }
        bench().await("every echo", () -> clients.stream().allMatch(client -> client.received() == bytes.length));
        clients.forEach(client -> client.call(Connection::close));
        clients.forEach(client -> assertThat(bench().end(client)).isEqualTo(Kind.CLOSED));
    }

    /** No descriptor is left open, and the transport can be used again. */
    @Test
    default void nothingIsLeftOpenAndTheTransportCanBeUsedAgain() {
        round(0);
        round(1);
        long before = Bench.descriptors();
        for (int round = 2; round < 12; round++) {
            round(round);
        }
        bench().await("the descriptors to be closed", () -> Bench.descriptors() <= before);
    }

    private void round(int seed) {
        Listening listening = bench().listen(remote -> bench().probe().echoing());
        for (int i = 0; i < 5; i++) {
            bench().echoWorks(listening.address());
        }
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(bytes(1000, seed));
        client.call(Connection::close);
        assertThat(bench().end(client)).isIn(Kind.CLOSED, Kind.FAILED);
        bench().finish();
    }

    private static void fail(Error error) {
        throw error;
    }

    private static void fail(RuntimeException exception) {
        throw exception;
    }

    private static void fill(Sink sink, byte[] block) {
        int count;
        do {
            count = sink.write(block, 0, block.length);
        } while (count > 0);
    }

    private static int endless(int depth) {
        return depth == 0 ? 0 : 1 + endless(depth + 1);
    }

    private static List<Thread> inParallel(int count, Consumer<Integer> task) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> task.accept(number), "test-" + i);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }
}
