package io.parley.sequencer;

import io.parley.log.WindowBudget;
import io.parley.model.Entry;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The logs of a room, one for each encoding that somebody reads. The mover writes entries under no lock, then commits them
 * under the room's lock, so that readers see all logs, the head and the members at the same point.
 */
final class RoomLogs {
    private static final EncodedLog[] NONE = {};

    private final EncodedLog.Owner room;
    private final WindowBudget budget;
    private final ReentrantLock lock; // the room's
    private volatile EncodedLog[] logs = NONE; // replaced under the lock
    private boolean writing; // something is written and not committed; the mover's
    private boolean stirred; // readers have something to see since they were woken; the mover's

    RoomLogs(EncodedLog.Owner room, WindowBudget budget, ReentrantLock lock) {
        this.room = room;
        this.budget = budget;
        this.lock = lock;
    }

    /** Encodes an entry in each encoding. The mover, under no lock. */
    void write(Entry entry) {
        if (!writing) {
            begin();
        }
        for (EncodedLog log : logs) {
            log.write(entry);
        }
    }

    private void begin() {
        lock.lock();
        try {
            for (EncodedLog log : logs) {
                log.hold();
            }
        } finally {
            lock.unlock();
        }
        writing = true;
    }

    boolean isWriting() {
        return writing;
    }

    /** Shows the readers what was written; what there is no memory for, the next time. The mover, under the lock. */
    void commit() {
        if (writing) {
            boolean shown = true;
            for (EncodedLog log : logs) {
                shown &= log.commit();
            }
            writing = !shown;
            stirred = true;
        }
    }

    /** Notes that a reader has come to its end. The mover. */
    void stir() {
        stirred = true;
    }

    /**
     * Wakes those who have something to read or have come to their end, if there can be any: one who joins a crowd must not
     * cost a look at each of its members. The mover, under no lock.
     */
    void wake() {
        if (stirred) {
            stirred = false;
            for (EncodedLog log : logs) {
                log.wake();
            }
        }
        budget.trim();
    }

    /** The log in an encoding, which begins here if there is none. The mover, under the lock, with nothing uncommitted. */
    @SuppressWarnings("ReferenceEquality") // a gateway has one instance; equality says nothing about bytes
    EncodedLog in(EntryEncoding encoding, long head) {
        for (EncodedLog log : logs) {
            if (log.encoding() == encoding) {
                return log;
            }
        }
        EncodedLog log = new EncodedLog(room, encoding, budget, lock, head);
        EncodedLog[] more = Arrays.copyOf(logs, logs.length + 1);
        more[more.length - 1] = log;
        logs = more;
        return log;
    }

    /** Forgets a cursor, and its log if it was the last to read it. Under the lock. */
    void close(RoomCursor cursor) {
        EncodedLog log = cursor.encoded();
        if (log.remove(cursor)) {
            logs = Arrays.stream(logs).filter(other -> other != log).toArray(EncodedLog[]::new);
        }
    }
}
