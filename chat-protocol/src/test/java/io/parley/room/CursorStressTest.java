package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.log.Chunk;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads that speak and threads that read as a connection does: each reader sleeps when it has read everything and goes
 * on when it is woken. A lost wake-up shows as a reader that nobody wakes for a minute.
 */
class CursorStressTest {
    private static final int READERS = 8;
    private static final int ENTRIES = 200_000;
    private static final int HEADER = 2 + 8 + 1 + 4;

    /** Length, number, speaker, the speaker's count, and some padding. */
    private static final Encoding BINARY = (room, entry, into) -> {
        if (entry instanceof Entry.Message said) {
            int padding = (int) (said.seq() % 23);
            into.putShort((short) (HEADER + padding)).putLong(said.seq());
            into.put((byte) said.origin()).putInt((int) said.cid()).put(new byte[padding]);
        }
    };

    private final TestHub test = TestHub.create();
    private final Room room = test.room("lobby");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    /** One connection: its cursor and the thread that reads it. */
    private final class Connection implements Subscriber, Callable<Long> {
        private final Semaphore woken = new Semaphore(0);
        private final Random random;
        private final long[] counts;
        private final Subscription cursor;
        private final byte[] entry = new byte[64];
        private int have;
        private volatile long last; // written by its thread
        private long sleeps;

        Connection(int number, int speakers) {
            random = new Random(number);
            counts = new long[speakers];
            cursor = test.join(test.guest("reader" + number, BINARY, this), "lobby", BacklogRequest.NOTHING)
                    .join()
                    .subscription();
        }

        @Override
        public void ready(Subscription which) {
            woken.release();
        }

        @Override
        public void opened(Subscription subscription, Snapshot snapshot) {
            woken.drainPermits(); // nobody opens a conversation here: let it fail
        }

        /** Reads to its end; returns how often it slept. */
        @Override
        public Long call() throws InterruptedException {
            while (true) {
                Chunk run = cursor.prepare(1 << random.nextInt(14));
                if (run != null) {
                    if (random.nextInt(20) == 0) {
                        cursor.shorten();
                    }
                    if (cursor.remaining() > 0) {
                        take(run, 1 + random.nextInt(cursor.remaining()));
                    }
                } else if (cursor.isEnded()) {
                    assertThat(have).isZero();
                    return sleeps;
                } else {
                    assertThat(cursor.isLost()).isFalse();
                    if (cursor.sleep()) {
                        sleeps++;
                        assertThat(woken.tryAcquire(60, TimeUnit.SECONDS))
                                .as("woken after %d", last)
                                .isTrue();
                    }
                }
            }
        }

        private void take(Chunk run, int count) {
            byte[] from = run.array();
            int at = cursor.offset();
            for (int i = 0; i < count; i++) {
                entry[have++] = from[at + i];
                if (have >= HEADER && have == entry[1]) {
                    check();
                    have = 0;
                }
            }
            cursor.advance(run, count);
            if (!cursor.hasRun() && cursor.lastSeq() != last) {
                throw new AssertionError("read " + last + " but the cursor says " + cursor.lastSeq());
            }
        }

        private void check() {
            ByteBuffer read = ByteBuffer.wrap(entry, 2, have - 2);
            long seq = read.getLong();
            int speaker = read.get();
            int count = read.getInt();
            if (seq != last + 1 || count != ++counts[speaker]) {
                throw new AssertionError("after " + last + " came " + seq + ", " + count + " of " + speaker);
            }
            last = seq;
        }
    }

    /** Speaks in bursts, and now and then waits until every reader has read everything: with a wake-up lost, it hangs. */
    @SuppressWarnings("ThreadPriorityCheck") // the readers need the processor
    private void speak(int speaker, int count, List<Connection> connections) {
        Random random = new Random(100 + speaker);
        for (int i = 1; i <= count; i++) {
            Ask.say(room, test.hub.operator(), speaker, i, "", Tags.NONE, Outcome.IGNORED);
            if (random.nextInt(30) == 0) {
                long head = room.head();
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (connections.stream().anyMatch(connection -> connection.last < head)) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new AssertionError("a reader sleeps before " + head);
                    }
                    Thread.yield();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyReaderReadsEveryEntryOnceInOrder(int speakers) throws Exception {
        List<Connection> connections = new ArrayList<>();
        List<Future<Long>> reading = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            connections.add(new Connection(i, speakers));
            reading.add(threads.submit(connections.get(i)));
        }
        List<Future<?>> speaking = new ArrayList<>();
        for (int i = 0; i < speakers; i++) {
            int speaker = i;
            speaking.add(threads.submit(() -> speak(speaker, ENTRIES / speakers, connections)));
        }
        for (Future<?> one : speaking) {
            one.get(600, TimeUnit.SECONDS);
        }
        for (Connection connection : connections) {
            room.leave(connection.cursor, "");
        }
        long sleeps = 0;
        for (Future<Long> one : reading) {
            sleeps += one.get(600, TimeUnit.SECONDS);
        }
        for (Connection connection : connections) {
            assertThat(connection.last).isEqualTo(room.head()).isEqualTo((long) ENTRIES / speakers * speakers);
            connection.cursor.close();
        }
        assertThat(sleeps).as("readers slept, or this tried nothing").isGreaterThan(100);
        assertThat(test.hub.windowBytes()).isZero();
    }
}
