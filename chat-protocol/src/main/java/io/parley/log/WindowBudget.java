package io.parley.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory that several logs share. Any thread.
 *
 * <p>When the logs take more, the chunk that has had no new entry for the longest time is given up. Whoever reads at all
 * has read it long ago, while the chunk that the readers are at is the last to go. The more logs there are, the smaller
 * are their chunks ({@link #share}), except in a log that has much.
 *
 * <p>The order is that of the CLOCK algorithm: a chunk whose turn comes and that was written to since its last turn goes
 * behind the others. So appending an entry has no order to maintain. The lock here is a leaf: {@link #trim} asks a log to
 * drop a chunk after it has released the lock.
 */
public final class WindowBudget {
    /** No chunk is more than one of so many parts of what its log has or may have. */
    static final int CHUNKS_EACH = 4;

    private static final int MOST_KEPT =
            16; // chunks that are being written to, before trimming is left to their writers

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Chunk, Turn> turns = new LinkedHashMap<>(); // the next to be looked at first; lock
    private final AtomicLong used = new AtomicLong(); // changed under the lock
    private final AtomicInteger logs = new AtomicInteger(); // that have a chunk; the same

    /**
     * A chunk's place in the order.
     *
     * @param log whose it is
     * @param limit how far it was written when it got the place
     */
    private record Turn(ByteLog log, int limit) {}

    /** What is to go. */
    private record Victim(ByteLog log, Chunk chunk) {}

    /**
     * Makes a budget.
     *
     * @param maxBytes how many bytes the chunks of all logs may take together
     */
    public WindowBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * How much is used.
     *
     * @return the bytes of all chunks of all logs
     */
    public long used() {
        return used.get();
    }

    /** How large a chunk may be for each log to have several, in bytes. */
    long share() {
        return maxBytes / CHUNKS_EACH / Math.max(1, logs.get());
    }

    void grown(ByteLog log, Chunk chunk, boolean first) {
        lock.lock();
        try {
            turns.put(chunk, new Turn(log, 0)); // first: it may throw
            used.addAndGet(chunk.bytes.length);
            logs.addAndGet(first ? 1 : 0);
        } finally {
            lock.unlock();
        }
    }

    void shrunk(Chunk chunk, boolean last) {
        lock.lock();
        try {
            used.addAndGet(-chunk.bytes.length);
            turns.remove(chunk);
            logs.addAndGet(last ? -1 : 0);
        } finally {
            lock.unlock();
        }
    }

    /** Brings the use below the bound, as far as chunks may be given up now. Called under no lock. */
    public void trim() {
        int kept = 0;
        while (used.get() > maxBytes && kept < MOST_KEPT) {
            Victim victim = next();
            if (victim == null) {
                return;
            }
            if (!victim.log().drop(victim.chunk())) { // it is being written to: its writer trims again afterwards
                putBehind(victim.chunk());
                kept++;
            }
        }
    }

    private void putBehind(Chunk chunk) {
        lock.lock();
        try {
            Turn turn = turns.remove(chunk);
            if (turn != null) {
                turns.put(chunk, turn);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Victim next() {
        lock.lock();
        try {
            // Each is put back once at most for each time it is written to.
            while (!turns.isEmpty()) {
                Map.Entry<Chunk, Turn> eldest = turns.entrySet().iterator().next();
                Chunk chunk = eldest.getKey();
                Turn turn = eldest.getValue();
                int limit = chunk.limit();
                if (limit == turn.limit()) {
                    return new Victim(turn.log(), chunk);
                }
                turns.remove(chunk);
                turns.put(chunk, new Turn(turn.log(), limit));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
