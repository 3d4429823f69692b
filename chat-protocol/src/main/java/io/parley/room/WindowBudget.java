package io.parley.room;

import java.util.LinkedHashSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all logs of a hub share. Over it, the log that has gone longest without a new chunk gives up its
 * oldest one. The lock here is a leaf: a log is only told to drop a chunk after it is released.
 */
final class WindowBudget {
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<RoomLog> logs = new LinkedHashSet<>(); // least recently grown first; lock
    private final AtomicLong used = new AtomicLong(); // changed under the lock

    WindowBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    long used() {
        return used.get();
    }

    void grown(RoomLog log, int bytes) {
        lock.lock();
        try {
            used.addAndGet(bytes);
            logs.remove(log);
            logs.add(log);
        } finally {
            lock.unlock();
        }
    }

    void shrunk(RoomLog log, int bytes, boolean empty) {
        lock.lock();
        try {
            used.addAndGet(-bytes);
            if (empty) {
                logs.remove(log);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Brings the use below the bound. Called under no lock. */
    void trim() {
        while (used.get() > maxBytes) {
            RoomLog victim = eldest();
            if (victim == null || !victim.dropOldest()) {
                return;
            }
        }
    }

    private @Nullable RoomLog eldest() {
        lock.lock();
        try {
            return logs.isEmpty() ? null : logs.iterator().next();
        } finally {
            lock.unlock();
        }
    }
}
