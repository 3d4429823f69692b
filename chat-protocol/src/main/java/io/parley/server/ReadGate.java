package io.parley.server;

import io.parley.transport.Connection;
import java.util.EnumSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether anything is read from a peer: only while no reason speaks against it. Any thread may open and close it.
 */
final class ReadGate {
    /** What can speak against reading. */
    enum Reason {
        /** A policy is making up its mind. */
        DECIDING,
        /** The peer does not take its answers. */
        OUTBOX,
        /** The peer sends too much. */
        RATE
    }

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf; pausing and resuming never call back
    private final EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class); // lock
    private volatile boolean open = true; // written under the lock

    ReadGate(Connection connection) {
        this.connection = connection;
    }

    boolean isOpen() {
        return open;
    }

    void close(Reason reason) {
        lock.lock();
        try {
            if (open) {
                open = false;
                connection.pauseReads();
            }
            reasons.add(reason);
        } finally {
            lock.unlock();
        }
    }

    /** True if nothing speaks against reading any more, and something did before. */
    boolean open(Reason reason) {
        lock.lock();
        try {
            boolean opens = reasons.remove(reason) && reasons.isEmpty();
            if (opens) {
                open = true;
                connection.resumeReads();
            }
            return opens;
        } finally {
            lock.unlock();
        }
    }
}
