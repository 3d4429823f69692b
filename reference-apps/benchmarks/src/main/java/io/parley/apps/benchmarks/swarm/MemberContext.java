package io.parley.apps.benchmarks.swarm;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What the members of a swarm share: a buffer, the messages they send, counts, and latencies. One thread. */
final class MemberContext {
    private static final int READ_BUFFER_BYTES = 256 << 10;
    private static final long NEVER = -1;
    private static final long MAX_NANOS = 3_600_000_000_000L;

    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final Speech speech = new Speech(Swarm.BODY_BYTES);
    private final Histogram latencies = new Histogram(MAX_NANOS, 3);
    private final int sampleEvery;
    private boolean timing;
    private int sample;
    private int in;
    private long reads;
    private long pings;
    private long markEvery = NEVER; // nanoseconds
    private long unanswered;

    /**
     * Makes a context.
     *
     * @param sampleEvery of how many messages one is timed
     */
    MemberContext(int sampleEvery) {
        this.sampleEvery = sampleEvery;
    }

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    Speech speech() {
        return speech;
    }

    // ---- counts

    /** A member is in all of its rooms. */
    void countIn() {
        in++;
    }

    int in() {
        return in;
    }

    void countRead() {
        reads++;
    }

    long reads() {
        return reads;
    }

    void countPing() {
        pings++;
    }

    long pings() {
        return pings;
    }

    // ---- read markers

    /** Members say what they have read: of each message, not so often, or never if there is no time. */
    void marking(@Nullable Duration every) {
        markEvery = every == null ? NEVER : every.toNanos();
    }

    boolean isMarking() {
        return markEvery != NEVER;
    }

    /** Whether a member who did so some time ago says again what it has read. */
    boolean marks(long nanosAgo) {
        return markEvery != NEVER && nanosAgo >= markEvery;
    }

    void countMark() {
        unanswered++;
    }

    void countAnswer() {
        unanswered--;
    }

    long unanswered() {
        return unanswered;
    }

    // ---- latencies

    void timing(boolean value) {
        timing = value;
    }

    boolean isTiming() {
        return timing;
    }

    /** Whether the current message is one that is timed. */
    boolean times() {
        if (!timing || ++sample < sampleEvery) {
            return false;
        }
        sample = 0;
        return true;
    }

    void time(long nanos) {
        latencies.recordValue(Math.max(0, Math.min(nanos, latencies.getHighestTrackableValue())));
    }

    Histogram latencies() {
        return latencies;
    }
}
