package io.parley.log;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a log as bytes, and the cursors that read them.
 *
 * <p><b>Writing</b> has two steps. One thread at a time encodes entries with {@link #write}, under no lock. Then it calls
 * {@link #commit} under the lock, and the readers see all of them. From {@link #hold} to {@link #commit} the chunk that is
 * written to is not given up, however full the memory is.
 *
 * <p><b>Positions</b> count bytes since the log began. A chunk knows the position of its first byte. Chunks are kept in an
 * array and found by position. They are never linked from old to new: one reader that stands still would keep the whole
 * log in memory.
 *
 * <p><b>Waking.</b> {@link #commit} writes {@link #end}, then {@link #wake} reads each cursor's idle flag. A reader sets its
 * flag, then reads the end again. All of these are volatile: with anything weaker a wake-up would get lost now and then.
 */
public class ByteLog {
    private static final Chunk[] NO_CHUNKS = {};
    private static final int FIRST_CHUNK = 1 << 10;
    private static final int FULL_CHUNK = 1 << 16;
    private static final int LARGEST_CHUNK = 1 << 26; // for one entry: far more than a frame holds

    /**
     * Writes one entry as bytes.
     *
     * @param <T> the type of the entries
     */
    @FunctionalInterface
    public interface Encoder<T> {
        /**
         * Writes an entry at the buffer's position. Writing nothing leaves the entry out.
         *
         * @param entry the entry
         * @param into where to write
         * @throws BufferOverflowException if it does not fit; it is called again with more space
         */
        void encode(T entry, ByteBuffer into);
    }

    private final WindowBudget budget;
    private final ReentrantLock lock; // the owner's
    private final CursorSlots slots = new CursorSlots(); // changed under the lock

    private volatile Chunk[] chunks = NO_CHUNKS; // replaced under the lock
    private volatile long end; // written under the lock
    private long startSeq; // the last number before the first chunk; lock
    private long lastSeq; // lock
    private boolean held; // lock

    // The writer's, from hold to commit.
    private final List<Chunk> added = new ArrayList<>(0); // chunks that are not among the others yet
    private int counted; // of those added, in the budget
    private long writtenSeq;

    private volatile @Nullable Throwable fault; // set by the writer, taken by whoever wakes

    /**
     * Makes an empty log.
     *
     * @param budget the memory it shares with other logs
     * @param lock the owner's lock
     * @param head the last number that was given before the log began
     */
    public ByteLog(WindowBudget budget, ReentrantLock lock, long head) {
        this.budget = budget;
        this.lock = lock;
        this.startSeq = head;
        this.lastSeq = head;
        this.writtenSeq = head;
    }

    // ---- the writer

    /** Begins to write. Under the lock. */
    public final void hold() {
        held = true;
    }

    /**
     * Encodes an entry at the end. The readers do not see it before {@link #commit}. If the encoder fails, the entry is
     * left out, and {@link #wake} logs the failure. The writer, under no lock.
     *
     * @param <T> the type of the entry
     * @param seq the entry's number; 0 for an entry without one
     * @param entry the entry
     * @param encoder how to write it
     */
    public final <T> void write(long seq, T entry, Encoder<T> encoder) {
        try {
            encode(seq == 0 ? writtenSeq : seq, entry, encoder);
        } catch (Throwable broken) {
            fault = broken; // the encoder's own: its readers go without this entry, and the log goes on
        }
    }

    private <T> void encode(long seq, T entry, Encoder<T> encoder) {
        Chunk tail = tail();
        ByteBuffer into = tail == null ? null : encodeInto(tail, entry, encoder);
        boolean anew = tail == null || into == null;
        if (tail == null || into == null) {
            long base = tail == null ? end : tail.base + tail.writtenLimit();
            int size = nextSize(tail);
            do {
                tail = new Chunk(base, size);
                into = encodeInto(tail, entry, encoder);
                size *= 2;
            } while (into == null);
        }
        if (into.position() > tail.writtenLimit()) {
            tail.add(seq);
            writtenSeq = seq;
            if (anew) {
                added.add(tail);
            }
        }
    }

    private static <T> @Nullable ByteBuffer encodeInto(Chunk chunk, T entry, Encoder<T> encoder) {
        ByteBuffer into = chunk.tail();
        try {
            encoder.encode(entry, into);
            return into;
        } catch (BufferOverflowException full) {
            if (chunk.bytes.length >= LARGEST_CHUNK && chunk.writtenLimit() == 0) {
                throw full;
            }
            return null; // the next chunk then, as large as the entry needs
        }
    }

    private int nextSize(@Nullable Chunk tail) {
        long grown = tail == null ? FIRST_CHUNK : Math.min(FULL_CHUNK, 4L * tail.bytes.length);
        long part = Math.max(budget.share(), (end - start()) / WindowBudget.CHUNKS_EACH); // a long log has few chunks
        return (int) Math.max(FIRST_CHUNK, Math.min(grown, part));
    }

    private @Nullable Chunk tail() {
        if (!added.isEmpty()) {
            return added.get(added.size() - 1);
        }
        Chunk[] now = chunks;
        return now.length == 0 ? null : now[now.length - 1];
    }

    /**
     * Shows the readers what was written. Throws nothing: what there is no memory for is shown by the next commit. The
     * writer, under the lock.
     *
     * @return whether all of it is shown
     */
    public final boolean commit() {
        try {
            if (!added.isEmpty()) {
                showAdded();
            }
            Chunk[] now = chunks;
            if (now.length > 0) {
                Chunk tail = now[now.length - 1];
                tail.commit();
                long written = tail.base + tail.limit();
                if (written != end) {
                    end = written;
                }
            }
            lastSeq = writtenSeq;
            held = false;
            return true;
        } catch (Throwable noMemory) {
            fault = noMemory;
            return false;
        }
    }

    private void showAdded() {
        Chunk[] now = chunks;
        Chunk[] next = Arrays.copyOf(now, now.length + added.size());
        while (counted < added.size()) {
            budget.grown(this, added.get(counted), now.length + counted == 0);
            counted++;
        }
        if (now.length > 0) {
            now[now.length - 1].commit();
        }
        for (int i = 0; i < counted; i++) {
            Chunk chunk = added.get(i);
            chunk.commit();
            next[now.length + i] = chunk;
        }
        chunks = next;
        added.clear();
        counted = 0;
    }

    /** The position behind the newest entry, shown or not; the writer, under the lock. */
    long writtenEnd() {
        Chunk tail = tail();
        return tail == null ? end : tail.base + tail.writtenLimit();
    }

    // ---- memory

    /**
     * Gives up a chunk and what is older, unless the chunk is being written to. Takes the lock.
     *
     * @return false if nothing was given up
     */
    boolean drop(Chunk chunk) {
        lock.lock();
        try {
            boolean dropped = false;
            while (Arrays.asList(chunks).contains(chunk)) {
                if (held && chunks.length == 1) {
                    return false;
                }
                dropped = dropOldest();
            }
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the oldest chunk; under the lock. False if there is none. */
    boolean dropOldest() {
        Chunk[] now = chunks;
        if (now.length == 0) {
            return false;
        }
        Chunk oldest = now[0];
        startSeq = oldest.seqAt(oldest.limit());
        chunks = Arrays.copyOfRange(now, 1, now.length);
        budget.shrunk(oldest, now.length == 1);
        return true;
    }

    // ---- cursors, under the lock

    /**
     * Adds a cursor; what is committed from now on wakes it.
     *
     * @param cursor a new cursor in this log
     */
    public final void add(Cursor cursor) {
        slots.add(cursor);
    }

    /**
     * Removes a cursor, if that has not happened yet.
     *
     * @param cursor a cursor in this log
     * @return whether it was the last: nothing is kept then, and the log is of no use any more
     */
    public final boolean remove(Cursor cursor) {
        boolean last = slots.remove(cursor);
        while (last && dropOldest()) {
            // nobody reads: nothing is kept
        }
        return last;
    }

    /** Wakes every cursor that is asleep. Called under no lock, after {@link #commit}. Throws nothing. */
    public final void wake() {
        Throwable broken = fault;
        if (broken != null) {
            fault = null;
            Faults.report(broken);
        }
        @Nullable Cursor[] all = slots.all();
        for (int i = 0; i < all.length; i++) {
            Cursor cursor = all[i];
            if (cursor != null) {
                cursor.wake();
            }
        }
    }

    // ---- the reading side, any thread

    /**
     * The position behind the newest entry.
     *
     * @return bytes since the log began
     */
    long end() {
        return end;
    }

    /** The chunk with the byte at a position below {@link #end()}, or null if it is gone. */
    @Nullable
    Chunk find(long position) {
        Chunk[] now = chunks;
        for (int i = now.length - 1; i >= 0; i--) {
            if (now[i].base <= position) {
                return now[i];
            }
        }
        return null;
    }

    /** Where the window begins; the writer, or under the lock. */
    long start() {
        Chunk[] now = chunks;
        return now.length == 0 ? end : now[0].base;
    }

    /** The last number before {@link #start()}; under the lock. */
    long startSeq() {
        return startSeq;
    }

    /** The last number in the log, or before it began; under the lock. */
    long lastSeq() {
        return lastSeq;
    }
}
