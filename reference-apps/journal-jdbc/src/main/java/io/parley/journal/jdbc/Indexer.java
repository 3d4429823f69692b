package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread that feeds the index. It reads entries that were kept and are not indexed, makes terms of them, and has the writer add them
 * between groups of calls. Each room's position is stored with what was added, so that the next process goes on from there.
 *
 * <p>A message is in the index within a second, if there is time and space; where the index is made of blocks, when there are enough messages for
 * one. It is found before: a search looks through what is not indexed yet.
 */
final class Indexer implements Runnable {
    private static final System.Logger LOG = System.getLogger(Indexer.class.getName());
    private static final int BATCH_ENTRIES = 512;
    private static final int BATCH_CHARS = 128 << 10;
    private static final int PART_ENTRIES = 32; // or a block
    private static final int PART_CHARS =
            16 << 10; // a vector of PostgreSQL has at most 1 MB, and a character up to 21 bytes of it
    private static final long GATHER_MILLIS = 100; // few entries are added together
    private static final long RETRY_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 60_000; // how often it looks for what other processes have left

    private final Store store;
    private final Indexing indexing;
    private final Runnable wakeWriter;
    private final int block; // entries that are added together
    private @Nullable Link link; // null after an error
    private boolean looked; // for rooms that earlier processes have left
    private boolean quiet; // an error was logged, and nothing was read since

    Indexer(Store store, Indexing indexing, Runnable wakeWriter) {
        this.store = store;
        this.indexing = indexing;
        this.wakeWriter = wakeWriter;
        this.block = store.dialect().index().blockEntries();
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
                indexing.add(reading(reader -> store.positions().behind(reader, block)));
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
            int most = Math.max(PART_ENTRIES, block);
            List<IndexRow> rows = List.of();
            do {
                rows = rows(reader, room, from, most);
                from = addParts(room, from, rows, parts);
                entries += rows.size();
                chars += rows.stream().mapToInt(IndexRow::chars).sum();
                if (entries >= BATCH_ENTRIES || chars >= BATCH_CHARS) {
                    indexing.appended(room); // maybe there is more
                    return new Gathered(parts, true);
                }
            } while (rows.size() == most);
            room = indexing.poll();
        }
        return new Gathered(parts, false);
    }

    /** The entries of a room behind a number; none if they are fewer than a block. */
    private List<IndexRow> rows(Link reader, int room, long from, int most) throws SQLException {
        if (block > 1 && store.rooms().head(reader, room) < from + block) {
            return List.of();
        }
        List<IndexRow> rows = IndexRow.after(store.dialect().place(), reader, room, from, most);
        return rows.size() < block ? List.of() : rows;
    }

    /** Makes parts of entries of a room, more than one if they have much text; the number behind which to go on. */
    private static long addParts(int room, long from, List<IndexRow> rows, List<IndexBatch.Part> parts) {
        long next = from;
        int start = 0;
        int chars = 0;
        for (int i = 0; i < rows.size(); i++) {
            chars += rows.get(i).chars();
            if (chars >= PART_CHARS || i == rows.size() - 1) {
                long to = rows.get(i).seq();
                parts.add(new IndexBatch.Part(room, next, to, rows.subList(start, i + 1)));
                next = to;
                start = i + 1;
                chars = 0;
            }
        }
        return next;
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
