package io.parley.journal.jdbc;

import java.sql.SQLException;

/** What is deleted in slices between groups: rooms that were forgotten, and what is over a bound. Writer only. */
final class Maintenance {
    /** About how many bytes of log a slice takes. */
    static final long SLICE_BYTES = 64 << 10;

    private static final long PAUSE_NANOS = 1_000_000_000L; // after a failure

    private final Sweep sweep;
    private final Retention retention;
    private boolean sweeping; // the current slice
    private boolean paused;
    private long pausedUntil;

    Maintenance(Sweep sweep, Retention retention) {
        this.sweep = sweep;
        this.retention = retention;
    }

    void appended(RoomRow after, long bytes) {
        retention.appended(after, bytes);
    }

    void forgotten(RoomRow room) {
        retention.forgotten(room);
    }

    boolean isDue(long now) {
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

    void slice(Store store, Link link) throws SQLException {
        sweeping = sweep.isDue();
        if (sweeping) {
            sweep.slice(store, link);
        } else {
            retention.slice(store, link);
        }
    }

    void committed() {
        if (sweeping) {
            sweep.committed();
        } else {
            retention.committed();
        }
    }

    void failed(long now) {
        paused = true;
        pausedUntil = now + PAUSE_NANOS;
    }
}
