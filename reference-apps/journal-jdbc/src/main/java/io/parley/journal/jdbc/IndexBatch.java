package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Entries that are to be added to the index, in parts. Made by the indexer, then used by the writer, which adds as many parts in one
 * transaction as it has time for.
 */
final class IndexBatch {
    private static final long SLICE_NANOS = 3_000_000; // a part and the commit come on top

    /** Entries of one room in a row: behind {@code from}, up to {@code to}. */
    record Part(int room, long from, long to, List<IndexRow> rows) {}

    private final List<Part> parts;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private int kept; // parts that are committed; writer only
    private int added; // parts that are in the transaction or committed; writer only

    IndexBatch(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Completes with whether all of it is committed. */
    CompletableFuture<Boolean> done() {
        return done;
    }

    /** Adds some parts in a transaction. */
    void slice(Store store, Link link, LongSupplier nanoTime) throws SQLException {
        long began = nanoTime.getAsLong();
        added = kept;
        do {
            add(store, link, parts.get(added));
            added++;
        } while (added < parts.size() && nanoTime.getAsLong() - began < SLICE_NANOS);
    }

    private static void add(Store store, Link link, Part part) throws SQLException {
        Long floor = store.rooms().floor(link, part.room());
        if (floor != null && store.positions().move(link, part.room(), part.from(), part.to())) {
            List<IndexRow> rows = part.rows().stream()
                    .filter(row -> row.isFound() && row.seq() >= floor)
                    .toList();
            store.dialect().index().insert(link, part.room(), rows);
        } // else the room was forgotten, or another process has done it
    }

    /** The transaction was committed; whether that was all. */
    boolean committed() {
        kept = added;
        return kept == parts.size();
    }
}
