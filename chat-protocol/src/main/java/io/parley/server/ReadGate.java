package io.parley.server;

import io.parley.transport.Connection;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether anything is read from a peer: only while no reason speaks against it. Any thread may open and close it.
 */
final class ReadGate {
    /** What can speak against reading. */
    enum Reason {
        /** A policy is making up its mind. */
        DECIDING(1),
        /** The peer does not take its answers. */
        OUTBOX(2),
        /** The peer sends too much. */
        RATE(4);

        private final int bit;

        Reason(int bit) {
            this.bit = bit;
        }
    }

    private final Connection connection;
    private final Inbound inbound;
    private final ReentrantLock lock; // the session's; pausing and resuming never call back
    private volatile int reasons; // a bit for each that speaks against it; written under the lock

    ReadGate(Connection connection, Inbound inbound, ReentrantLock lock) {
        this.connection = connection;
        this.inbound = inbound;
        this.lock = lock;
    }

    boolean isOpen() {
        return reasons == 0;
    }

    void close(Reason reason) {
        lock.lock();
        try {
            boolean closes = reasons == 0;
            reasons |= reason.bit;
            if (closes) {
                connection.pauseReads();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a reason away. If it was the last one reading goes on: frames may be handled on the calling thread. */
    void open(Reason reason) {
        boolean opens;
        lock.lock();
        try {
            opens = reasons == reason.bit;
            reasons &= ~reason.bit;
            if (opens) {
                connection.resumeReads();
            }
        } finally {
            lock.unlock();
        }
        if (opens) {
            inbound.goOn();
        }
    }
}
