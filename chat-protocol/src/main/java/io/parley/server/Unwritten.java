package io.parley.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits for a peer in answers, in bytes, and whether the peer takes any. Over the bound the session stops
 * reading, so that a peer which asks and does not listen costs no more than the bound and one request's answer.
 */
final class Unwritten {
    private final long maxBytes;
    private final ReadGate gate;
    private final Runnable reopened;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean progress; // since the last tick
    private long written; // the writer's

    Unwritten(long maxBytes, ReadGate gate, Runnable reopened) {
        this.maxBytes = maxBytes;
        this.gate = gate;
        this.reopened = reopened;
    }

    void add(int count) {
        if (bytes.addAndGet(count) > maxBytes) {
            gate.close(ReadGate.Reason.OUTBOX);
            if (bytes.get() <= maxBytes / 2) { // drained in between: nobody else would open it again
                open();
            }
        }
    }

    void remove(int count) {
        long left = bytes.addAndGet(-count);
        if (left <= maxBytes / 2 && left + count > maxBytes / 2) {
            open();
        }
    }

    private void open() {
        if (gate.open(ReadGate.Reason.OUTBOX)) {
            reopened.run();
        }
    }

    /** The peer took some. The connection's writer. */
    void wrote(int count) {
        progress = true;
        written += count;
    }

    /** What the peer has taken since this was last asked. The connection's writer. */
    long takeWritten() {
        long count = written;
        written = 0;
        return count;
    }

    /** Whether the peer has taken anything since this was last asked. */
    boolean takeProgress() {
        boolean was = progress;
        progress = false;
        return was;
    }
}
