package io.parley.room;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all logs of a hub share. Over it, the chunk that has gone longest without a new entry is given up:
 * what nobody has written to for a while was read long ago by whoever reads at all, while the chunk that members are
 * just reading is the last to go. Chunks get smaller as logs get more ({@link #share}), but for a log that has much.
 *
 * <p>The order is that of a clock's hand: a chunk whose turn has come but that was written to since is put behind the
 * others, so that appending has no order to keep. The lock here is a leaf: a log is only told to drop a chunk after it
 * is released.
 */
final class WindowBudget {
    /** No chunk is more than one of so many parts of what its log has or may have. */
    static final int CHUNKS_EACH = 4;

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
    private record Turn(RoomLog log, int limit) {}

    /** What is to go. */
    private record Victim(RoomLog log, Chunk chunk) {}

    WindowBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    long used() {
        return used.get();
    }

    /** How large a chunk may be for each log to have several, in bytes. */
    long share() {
        return maxBytes / CHUNKS_EACH / Math.max(1, logs.get());
    }

    void grown(RoomLog log, Chunk chunk, boolean first) {
        lock.lock();
        try {
            used.addAndGet(chunk.bytes.length);
            turns.put(chunk, new Turn(log, 0));
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

    /** Brings the use below the bound. Called under no lock. */
    void trim() {
        while (used.get() > maxBytes) {
            Victim victim = next();
            if (victim == null) {
                return;
            }
            victim.log().drop(victim.chunk());
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
