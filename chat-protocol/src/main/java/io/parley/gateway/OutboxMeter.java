package io.parley.gateway;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What waits for a peer in answers, in bytes, and whether the peer takes any. Over the bound the session stops
 * reading, so that a peer which asks and does not listen costs no more than the bound and one request's answer.
 */
final class OutboxMeter {
    private static final AtomicLongFieldUpdater<OutboxMeter> BYTES =
            AtomicLongFieldUpdater.newUpdater(OutboxMeter.class, "bytes");

    private final int maxBytes;
    private final ReadGate gate;
    private volatile long bytes; // changed through BYTES
    private volatile boolean progress; // since the last tick
    private long written; // the writer's

    OutboxMeter(int maxBytes, ReadGate gate) {
        this.maxBytes = maxBytes;
        this.gate = gate;
    }

    void add(int count) {
        if (BYTES.addAndGet(this, count) > maxBytes) {
            gate.close(ReadGate.Reason.OUTBOX);
            if (bytes <= maxBytes / 2) { // drained in between: nobody else would open it again
                gate.open(ReadGate.Reason.OUTBOX);
            }
        }
    }

    void remove(int count) {
        long left = BYTES.addAndGet(this, -count);
        if (left <= maxBytes / 2 && left + count > maxBytes / 2) {
            gate.open(ReadGate.Reason.OUTBOX);
        }
    }

    /** The peer took some. The connection's writer. */
    void wrote(int count) {
        if (!progress) { // once a tick: a volatile write costs more than this look
            progress = true;
        }
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
