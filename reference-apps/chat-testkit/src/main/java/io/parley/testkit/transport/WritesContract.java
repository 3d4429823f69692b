package io.parley.testkit.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static io.parley.testkit.transport.Probe.calling;
import static io.parley.testkit.transport.Samples.LARGEST_TURN;
import static io.parley.testkit.transport.Samples.MEGABYTE;
import static io.parley.testkit.transport.Samples.PING;
import static io.parley.testkit.transport.Samples.calmTaken;
import static io.parley.testkit.transport.Samples.fill;
import static io.parley.testkit.transport.Samples.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Bench.Link;
import io.parley.transport.Connection;
import io.parley.transport.Listening;
import io.parley.transport.Progress;
import io.parley.transport.Transport;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rules 2 and 3 of {@link Transport}: when onWritable is called, how much it may write, and that no wish is lost. */
public interface WritesContract extends Benched {
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
        long taken = calmTaken(bench(), client);
        assertThat(taken).isBetween(1L, 64L * MEGABYTE);
        assertThat(client.refusals()).isPositive();
        server.call(Connection::resumeReads);
        bench().await("the rest", () -> enough.get() && server.received() == client.taken());
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
}
