package io.parley.journal.jdbc;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.model.Entry;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures how many messages a journal keeps; a program, not a test.
 *
 * <pre>
 * Measure FOLDER SECONDS [ROOMS...]    prints a line for each durability, number of rooms and size of a batch
 * Measure postgres SECONDS [ROOMS...]  the same for a PostgreSQL server that it starts
 * </pre>
 *
 * Each room has one request under way at a time, as the sequencer does. Messages have 100 bytes of text.
 */
final class Measure {
    private static final UserItem ANN = new UserItem(1, UserKind.GUEST, "ann");

    private final Journal journal;
    private final int batch;
    private final long end;
    private final CountDownLatch running;
    private final List<long[]> latencies = new ArrayList<>(); // one array for each room

    private Measure(Journal journal, int rooms, int batch, int seconds) {
        this.journal = journal;
        this.batch = batch;
        this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        this.running = new CountDownLatch(rooms);
    }

    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[1]);
        int[] rooms = args.length > 2
                ? Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray()
                : new int[] {1, 100};
        if (args[0].equals("postgres")) {
            measure("PostgreSQL", rooms, seconds, () -> new PostgresFixture().open());
            return;
        }
        for (Durability durability : Durability.values()) {
            JdbcJournalOptions options = JdbcJournalOptions.DEFAULT.withDurability(durability);
            Path folder = Path.of(args[0]);
            measure(
                    "SQLite, " + durability,
                    rooms,
                    seconds,
                    () -> JdbcJournal.sqlite(Files.createTempDirectory(folder, "measure"), options));
        }
    }

    private static void measure(String what, int[] rooms, int seconds, Callable<Journal> opening) throws Exception {
        for (int count : rooms) {
            for (int batch : new int[] {1, 16, 128}) {
                try (Journal journal = opening.call()) {
                    new Measure(journal, count, batch, 1).run(count, "warm");
                    new Measure(journal, count, batch, seconds)
                            .run(count, what + ", " + count + " rooms, batches of " + batch);
                }
            }
        }
    }

    private void run(int rooms, String what) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < rooms; i++) {
            Room room = new Room("room" + i, i + 1);
            room.next(journal.open(room.key).join().head());
        }
        running.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        if (!what.equals("warm")) {
            System.out.printf(
                    "%-44s %,9.0f messages/s %,8.0f requests/s  p50 %.2f ms  p99 %.2f ms%n",
                    what,
                    all.length * batch / seconds,
                    all.length / seconds,
                    all[all.length / 2] / 1e6,
                    all[all.length * 99 / 100] / 1e6);
        }
    }

    /** A room with one writer; on the journal's threads. */
    private final class Room {
        private final String key;
        private final long origin;
        private long[] took = new long[1024];
        private int count;

        Room(String key, long origin) {
            this.key = key;
            this.origin = origin;
        }

        void next(long head) {
            long now = System.nanoTime();
            if (now > end) {
                synchronized (latencies) {
                    latencies.add(Arrays.copyOf(took, count));
                }
                running.countDown();
                return;
            }
            List<Entry.Sequenced> entries = new ArrayList<>(batch);
            for (int i = 1; i <= batch; i++) {
                entries.add(new Entry.Message(
                        head + i, System.currentTimeMillis(), origin, head + i, ANN, "m".repeat(100), Tags.NONE));
            }
            AppendRequest request =
                    new AppendRequest(key, head, UUID.randomUUID(), List.copyOf(entries), null, List.of());
            journal.append(request).whenComplete((result, failed) -> {
                if (!(result instanceof AppendResult.Kept)) {
                    throw new IllegalStateException(result + " " + failed, failed);
                }
                if (count == took.length) {
                    took = Arrays.copyOf(took, 2 * count);
                }
                took[count++] = System.nanoTime() - now;
                next(request.head());
            });
        }
    }
}
