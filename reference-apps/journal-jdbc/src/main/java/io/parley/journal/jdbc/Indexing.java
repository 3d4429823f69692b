package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the indexer and the writer tell each other: the rooms of which not all is indexed, and the batch that is to be added. Any thread,
 * except where a method says so.
 */
final class Indexing {
    private static final long PAUSE_NANOS = 1_000_000_000L; // after a failure

    private final Space space;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private final Set<Integer> rooms = new LinkedHashSet<>(); // the one that waits longest first; lock
    private boolean closed; // lock
    private volatile @Nullable IndexBatch offered;
    private volatile boolean damaged; // the index
    private boolean renewed; // it was made anew, which is done once; writer only
    private boolean renewing; // the current slice; writer only
    private List<Integer> behind = List.of(); // of the current slice; writer only
    private boolean merges; // there may be parts of the index to merge; writer only
    private boolean merging; // the current or last slice; writer only
    private @Nullable IndexBatch current; // that the current slice adds; writer only
    private boolean paused; // writer only
    private long pausedUntil; // writer only

    Indexing(Space space, LongSupplier nanoTime) {
        this.space = space;
        this.nanoTime = nanoTime;
    }

    /** Rooms have entries that are not indexed. */
    void add(Collection<Integer> more) {
        lock.lock();
        try {
            if (rooms.addAll(more)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A room has entries that are not indexed. */
    void appended(int room) {
        lock.lock();
        try {
            if (rooms.add(room) && rooms.size() == 1) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a room; 0 if there is none. */
    int poll() {
        lock.lock();
        try {
            int first = rooms.isEmpty() ? 0 : rooms.iterator().next();
            rooms.remove(first);
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a room, but not for longer than so many milliseconds; false if this is closed. */
    boolean awaitRooms(long millis) throws InterruptedException {
        return await(millis, true);
    }

    /** Waits for so many milliseconds; false if this is closed. */
    boolean pause(long millis) throws InterruptedException {
        return await(millis, false);
    }

    private boolean await(long millis, boolean orRooms) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && left > 0 && !(orRooms && !rooms.isEmpty())) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Hands a batch to the writer, which must be woken. Indexer only; one batch at a time. */
    void offer(IndexBatch batch) {
        offered = batch;
        lock.lock();
        try {
            if (!closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        end();
    }

    /** Ends the work of the indexer. What was not indexed is indexed after the next start. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        end();
    }

    private void end() {
        IndexBatch batch = offered;
        offered = null;
        if (batch != null) {
            batch.done().complete(false);
        }
    }

    /** The index was found to be damaged. It is made anew: all that it has is in the entries. The writer must be woken. */
    void damaged() {
        damaged = true;
    }

    // ---- the writer's

    private boolean isRenewalDue() {
        return damaged && !renewed;
    }

    /** While there is little space on the disk, nothing is indexed: messages need it more. */
    boolean isDue(long now) {
        if ((offered == null && !merges && !isRenewalDue()) || (paused && now - pausedUntil < 0)) {
            return false;
        }
        paused = !space.isAmple();
        pausedUntil = now + PAUSE_NANOS;
        return !paused;
    }

    /** Adds entries, or merges; they take turns. */
    void slice(Store store, Link link) throws SQLException {
        IndexBatch batch = offered;
        renewing = isRenewalDue();
        if (renewing) {
            current = null;
            Schema.renewIndex(store.dialect(), link);
            behind = store.positions().behind(link, store.dialect().index().blockEntries());
            return;
        }
        merging = merges && (batch == null || !merging);
        current = merging ? null : batch;
        if (merging) {
            merges = store.dialect().index().merge(link);
        } else if (batch != null) {
            batch.slice(store, link, nanoTime);
        }
    }

    /** The transaction of a slice was committed. */
    void committed() {
        if (renewing) {
            renewed = true;
            add(behind); // now that the indexer sees it
        }
        IndexBatch batch = current;
        if (batch == null) {
            return;
        }
        merges = true;
        if (batch.committed() && batch.equals(offered)) {
            offered = null;
            batch.done().complete(true);
        }
    }

    /** A slice has failed: the same parts are tried again later. */
    void failed(long now) {
        paused = true;
        pausedUntil = now + PAUSE_NANOS;
    }
}
