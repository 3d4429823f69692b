package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread that feeds the index. It reads entries that were kept and are not indexed, makes terms of them, and has the writer add them
 * between groups of calls. Each room's position is stored with what was added, so that the next process goes on from there.
 *
 * <p>A message is in the index within a second, if there is time and space. It is found before: a search looks through what is not
 * indexed yet.
 */
final class Indexer implements Runnable {
    private static final System.Logger LOG = System.getLogger(Indexer.class.getName());
    private static final int BATCH_ENTRIES = 512;
    private static final int BATCH_CHARS = 128 << 10;
    private static final int PART_ENTRIES = 32;
    private static final long GATHER_MILLIS = 100; // few entries are added together
    private static final long RETRY_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 60_000; // how often it looks for what other processes have left

    private final Store store;
    private final Indexing indexing;
    private final Runnable wakeWriter;
    private @Nullable Link link; // null after an error
    private boolean looked; // for rooms that earlier processes have left
    private boolean quiet; // an error was logged, and nothing was read since

    Indexer(Store store, Indexing indexing, Runnable wakeWriter) {
        this.store = store;
        this.indexing = indexing;
        this.wakeWriter = wakeWriter;
    }

    @Override
    public void run() {
        try {
            boolean open = true;
            while (open) {
                open = indexing.pause(GATHER_MILLIS) && work();
            }
        } catch (InterruptedException nobodysBusiness) {
            LOG.log(System.Logger.Level.DEBUG, "the indexer was interrupted");
        } catch (RuntimeException | Error broken) {
            Threads.report(broken);
        } finally {
            discard();
        }
    }

    /** Indexes until there are few entries left; false if the journal is closed. */
    private boolean work() throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        try {
            if (!looked) {
                indexing.add(reading(store.positions()::behind));
                looked = true;
            }
            if (!indexing.awaitRooms(LOOK_MILLIS)) {
                return false;
            }
            boolean full = true;
            while (full) {
                taken.clear();
                Gathered some = reading(reader -> gather(reader, taken));
                full = some.isFull();
                if (!add(some.parts())) {
                    indexing.add(taken);
                    return indexing.pause(RETRY_MILLIS);
                }
            }
            looked = !(taken.isEmpty() && store.dialect().isShared());
            quiet = false;
            return true;
        } catch (SQLException | RuntimeException failed) {
            discard();
            if (!quiet) {
                quiet = true;
                LOG.log(System.Logger.Level.WARNING, store.dialect().place() + " could not be indexed", failed);
            }
            indexing.add(taken);
            return indexing.pause(RETRY_MILLIS);
        }
    }

    /** Has the writer add some parts; false if it has not. */
    private boolean add(List<IndexBatch.Part> parts) {
        if (parts.isEmpty()) {
            return true;
        }
        IndexBatch batch = new IndexBatch(parts);
        indexing.offer(batch);
        wakeWriter.run();
        return batch.done().join();
    }

    /** What was read, and whether there is more. */
    private record Gathered(List<IndexBatch.Part> parts, boolean isFull) {}

    private Gathered gather(Link reader, List<Integer> taken) throws SQLException {
        List<IndexBatch.Part> parts = new ArrayList<>();
        int entries = 0;
        int chars = 0;
        int room = indexing.poll();
        while (room != 0) {
            taken.add(room);
            long from = store.positions().of(reader, room);
            List<IndexRow> rows = List.of();
            do {
                rows = IndexRow.after(store.dialect().place(), reader, room, from, PART_ENTRIES);
                if (!rows.isEmpty()) {
                    long to = rows.get(rows.size() - 1).seq();
                    parts.add(new IndexBatch.Part(room, from, to, rows));
                    from = to;
                }
                entries += rows.size();
                chars += rows.stream().mapToInt(IndexRow::chars).sum();
                if (entries >= BATCH_ENTRIES || chars >= BATCH_CHARS) {
                    indexing.appended(room); // maybe there is more
                    return new Gathered(parts, true);
                }
            } while (rows.size() == PART_ENTRIES);
            room = indexing.poll();
        }
        return new Gathered(parts, false);
    }

    /** Reads something within a transaction. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(Link link) throws SQLException;
    }

    private <T> T reading(Reading<T> read) throws SQLException {
        Link current = link;
        if (current == null) {
            current = store.dialect().reader();
            link = current;
        }
        store.dialect().beginReading(current);
        T found = read.from(current);
        store.dialect().commit(current);
        return found;
    }

    private void discard() {
        Link current = link;
        link = null;
        if (current != null) {
            current.discard();
        }
    }
}
