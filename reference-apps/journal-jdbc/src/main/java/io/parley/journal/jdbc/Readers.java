package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import io.parley.transport.FatalErrors;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads, on a few threads with a connection each. Any thread may ask. */
final class Readers {
    private static final int MOST_WAITING = 10_000;

    /** Reads something within a transaction. */
    @FunctionalInterface
    interface Read<T> {
        @Nullable
        T from(Link link) throws SQLException;
    }

    private final Dialect dialect;
    private final ThreadPoolExecutor threads;
    private volatile boolean abandoned; // what waits is not read any more
    private final ConcurrentLinkedQueue<Link> idle = new ConcurrentLinkedQueue<>(); // no more than threads

    /**
     * Begins to read.
     *
     * @param count how many threads read
     */
    Readers(Dialect dialect, int count) {
        this.dialect = dialect;
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                task -> Threads.daemon("reader", task));
    }

    /** Reads, and completes the result on a thread of this. */
    <T> void read(Read<T> read, CompletableFuture<T> result) {
        try {
            threads.execute(() -> run(read, result));
        } catch (Error noThread) {
            FatalErrors.handOver(noThread);
            result.completeExceptionally(noThread);
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(new IllegalStateException(
                    threads.isShutdown() ? "the journal is closed" : "too many reads wait", full));
        }
    }

    private <T> void run(Read<T> read, CompletableFuture<T> result) {
        if (result.isDone()) { // cancelled: nobody waits for it
            return;
        }
        if (abandoned) {
            result.completeExceptionally(new IllegalStateException("the journal is closed"));
            return;
        }
        @Nullable T found;
        try {
            found = read(read);
        } catch (SQLException error) {
            result.completeExceptionally(
                    dialect.fault(error) == Fault.DAMAGED
                            ? new DamagedException(
                                    dialect.place() + " is damaged: " + error.getMessage() + ". Restore a backup.")
                            : error);
            return;
        } catch (RuntimeException | Error broken) {
            FatalErrors.handOver(broken);
            result.completeExceptionally(broken);
            return;
        }
        result.complete(found);
    }

    private <T> @Nullable T read(Read<T> read) throws SQLException {
        Link link = idle.poll();
        if (link != null) {
            try {
                return read(read, link);
            } catch (SQLException stale) { // the connection may have been lost since
                if (dialect.fault(stale) == Fault.DAMAGED) {
                    throw stale;
                }
            }
        }
        return read(read, dialect.reader());
    }

    private <T> @Nullable T read(Read<T> read, Link link) throws SQLException {
        boolean good = false;
        try {
            dialect.beginReading(link);
            @Nullable T found = read.from(link);
            dialect.commit(link);
            good = true;
            return found;
        } finally {
            if (good) {
                idle.add(link);
            } else {
                link.discard();
            }
        }
    }

    /** Ends the threads when what is read now is read; what waits fails. */
    void abandon() {
        abandoned = true;
        close();
    }

    /** Ends the threads when all that was asked is read. */
    void close() {
        threads.shutdown();
        Threads.await(threads);
        idle.forEach(Link::discard);
    }
}
