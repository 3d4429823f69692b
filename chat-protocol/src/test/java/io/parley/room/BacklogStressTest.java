package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.Tags;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Members who come and go while somebody keeps speaking: past and live meet without a hole and without a double. */
class BacklogStressTest {
    private static final int JOINERS = 3;
    private static final int JOINS = 1_500;

    private final TestHub test = TestHub.with(bounds -> {
        bounds.pageEntries = 50;
        bounds.maxWindowBytes = 32_000; // so that slow readers see gaps, too
    });
    private final Room room = test.room("lobby");
    private final AtomicBoolean over = new AtomicBoolean();

    /** Speaks with so many messages under way at most, as a session does. */
    private long speak() throws InterruptedException {
        Semaphore underWay = new Semaphore(100);
        Outcome done = new Outcome() {
            @Override
            public void kept(long seq) {
                underWay.release();
            }

            @Override
            public void refused(RoomException why) {
                throw new AssertionError(why.text());
            }
        };
        long said = 0;
        for (; !over.get(); said++) {
            assertThat(underWay.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            Ask.say(room, test.hub.operator(), 1, said, "hello again, everybody", Tags.NONE, done);
        }
        assertThat(underWay.tryAcquire(100, 60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** Comes back again and again from where it was; returns how many numbers it has seen or been told to have missed. */
    @SuppressWarnings("ThreadPriorityCheck") // who ends the reading needs the processor
    private long comeAndGo(int number) throws Exception {
        Random random = new Random(number);
        Peer peer = test.guest("joiner" + number);
        long last = 0;
        long backlog = 0;
        for (int i = 0; i < JOINS; i++) {
            Opening joined = test.join(peer.participant(), "lobby", BacklogRequest.since(room.epoch(), last))
                    .get(60, TimeUnit.SECONDS);
            Reader reader = new Reader(test, peer, joined);
            assertThat(joined.recovered()).isTrue();
            if (joined.skippedTo() >= joined.skippedFrom()) {
                assertThat(joined.skippedFrom()).isEqualTo(last + 1);
                last = joined.skippedTo();
            }
            for (Entry.Sequenced entry : joined.backlog()) {
                assertThat(entry.seq()).isEqualTo(++last);
                backlog++;
            }
            assertThat(last).isEqualTo(joined.snapshot().head());
            for (int turns = random.nextInt(4); turns > 0; turns--) {
                last = readOn(reader, last);
            }
            room.leave(reader.subscription(), "");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!reader.subscription().isEnded()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                last = readOn(reader, last);
                Thread.yield();
            }
            assertThat(reader.subscription().lastSeq()).isEqualTo(last);
            reader.subscription().close();
        }
        assertThat(backlog).as("some of it came as backlog").isGreaterThan(0);
        return last;
    }

    private static long readOn(Reader reader, long last) {
        long now = last;
        for (String line : reader.read()) {
            if (line.startsWith("GAP ")) {
                int dash = line.indexOf('-');
                assertThat(Long.parseLong(line.substring(4, dash))).isEqualTo(now + 1);
                now = Long.parseLong(line.substring(dash + 1));
            } else if (line.startsWith("#")) {
                assertThat(Long.parseLong(line.substring(1, line.indexOf(' ')))).isEqualTo(++now);
            }
        }
        return now;
    }

    @Test
    void noHoleAndNoDouble() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(JOINERS + 1);
        try {
            Future<Long> speaking = threads.submit(this::speak);
            @SuppressWarnings({"unchecked", "rawtypes"})
            Future<Long>[] joiners = new Future[JOINERS];
            for (int i = 0; i < JOINERS; i++) {
                int number = i;
                joiners[i] = threads.submit(() -> comeAndGo(number));
            }
            for (Future<Long> joiner : joiners) {
                assertThat(joiner.get(600, TimeUnit.SECONDS)).isPositive();
            }
            over.set(true);
            assertThat(speaking.get(60, TimeUnit.SECONDS)).isEqualTo(room.head());
        } finally {
            over.set(true);
            threads.shutdownNow();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
