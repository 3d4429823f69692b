package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Moves what is in SQLite's write-ahead log to the database, on a thread of its own, while the writer goes on. A log to which the
 * writer adds all the time never begins anew by itself; if it is long, the writer moves the rest, which is little, and begins it anew.
 * The writer calls this.
 */
final class Checkpoints {
    /** After about so many bytes of log. */
    private static final long EVERY_BYTES = 4 << 20;

    /** With so many bytes of log since a checkpoint has begun, what can wait waits for its end. */
    private static final long MOST_BYTES = 8 << 20;

    /** From so many pages on the log begins anew. */
    private static final int LONG_PAGES = 2_000;

    private static final int BYTES_PER_BYTE = 4; // of log, for a byte of a call: whole pages are written
    private static final int BYTES_PER_COMMIT = 6 * 4096;

    private final Dialect dialect;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> Threads.daemon("checkpoints", task));
    private final AtomicBoolean restart = new AtomicBoolean(); // the log is long
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
    private long since; // bytes of log since the last checkpoint, about; writer only

    Checkpoints(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The writer has committed, and holds no transaction.
     *
     * @throws SQLException if this or an earlier checkpoint has failed
     */
    void committed(Link link, long bytes) throws SQLException {
        SQLException failed = failure.getAndSet(null);
        if (failed != null) {
            throw failed;
        }
        since += BYTES_PER_COMMIT + BYTES_PER_BYTE * bytes;
        if (restart.getAndSet(false)) {
            restart(link); // at once, while what is left to move is little
        } else if (since >= EVERY_BYTES && running.compareAndSet(false, true)) {
            since = 0;
            thread.execute(this::checkpoint);
        }
    }

    /** Whether a checkpoint is under way that is slower than the writer. The writer calls this. */
    boolean isBehind() {
        return since >= MOST_BYTES && running.get();
    }

    /** Moves all of the log, so that it begins anew. The writer calls this. */
    void restart(Link link) throws SQLException {
        since = 0;
        link.execute("pragma busy_timeout = 20"); // somebody may read for long; then the log begins anew later
        link.execute("pragma wal_checkpoint(restart)");
        link.execute("pragma busy_timeout = 5000");
    }

    private void checkpoint() {
        try (Link link = dialect.writer()) {
            Integer pages = link.one("pragma wal_checkpoint(passive)", row -> row.getInt(2));
            if (pages != null && pages > LONG_PAGES) {
                restart.set(true);
            }
        } catch (SQLException failed) {
            failure.set(failed);
        } finally {
            running.set(false);
        }
    }

    void close() {
        thread.shutdown();
        Threads.await(thread);
    }
}
