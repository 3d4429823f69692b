package io.parley.journal.jdbc;

import java.sql.SQLException;

/**
 * What is done in slices between groups: rooms that were forgotten are deleted, and what is over a bound, and new entries are added to
 * the index. Writer only.
 */
final class Maintenance {
    /** About how many bytes of log a slice takes. */
    static final long SLICE_BYTES = 64 << 10;

    private static final long PAUSE_NANOS = 1_000_000_000L; // after a failure

    private final Sweep sweep;
    private final Retention retention;
    private final Indexing indexing;
    private Work work = Work.SWEEP; // of the current slice
    private boolean paused;
    private long pausedUntil;

    /** What a slice does. */
    private enum Work {
        SWEEP,
        RETAIN,
        INDEX
    }

    Maintenance(Sweep sweep, Retention retention, Indexing indexing) {
        this.sweep = sweep;
        this.retention = retention;
        this.indexing = indexing;
    }

    void appended(RoomRow after, long bytes) {
        retention.appended(after, bytes);
        indexing.appended(after.number());
    }

    void forgotten(RoomRow room) {
        retention.forgotten(room);
    }

    boolean isDue(long now) {
        return isDeletingDue(now) || indexing.isDue(now);
    }

    private boolean isDeletingDue(long now) {
        if (paused && now - pausedUntil < 0) {
            return false;
        }
        paused = false;
        return sweep.isDue() || retention.isDue(now);
    }

    /** Somebody waits until a forgotten room is deleted. */
    boolean isNeededBeforeTheEnd() {
        return sweep.isDue();
    }

    /** Deleting and indexing take turns, where both are due. */
    void slice(Store store, Link link, long now) throws SQLException {
        boolean deletes = isDeletingDue(now) && (work == Work.INDEX || !indexing.isDue(now));
        work = !deletes && indexing.isDue(now) ? Work.INDEX : sweep.isDue() ? Work.SWEEP : Work.RETAIN;
        switch (work) {
            case SWEEP -> sweep.slice(store, link);
            case RETAIN -> retention.slice(store, link);
            case INDEX -> indexing.slice(store, link);
        }
    }

    void committed() {
        switch (work) {
            case SWEEP -> sweep.committed();
            case RETAIN -> retention.committed();
            case INDEX -> indexing.committed();
        }
    }

    void failed(long now) {
        if (work == Work.INDEX) {
            indexing.failed(now);
        } else {
            paused = true;
            pausedUntil = now + PAUSE_NANOS;
        }
    }

    /** Something was found to be damaged: maybe the index. */
    void damaged() {
        indexing.damaged();
    }

    /** Whether the current slice is one that may fail for want of space, and nothing else is done about it. */
    boolean canWait() {
        return work == Work.INDEX;
    }
}
