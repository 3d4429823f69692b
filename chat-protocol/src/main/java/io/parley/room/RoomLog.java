package io.parley.room;

import io.parley.model.Entry;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest part of a room's entries as one door's bytes, and the cursors that read them. It exists while there
 * is a cursor.
 *
 * <p><b>Positions</b> count bytes since the log began; a chunk knows the position of its first byte. Chunks are kept
 * in an array and found by position, never linked from old to new: one stalled reader would pin the whole log.
 *
 * <p><b>Waking.</b> Appending writes {@link #end}, then {@link #wake} reads each cursor's idle flag; a reader
 * sets its flag, then reads the end again. All volatile: with anything weaker a wake-up gets lost now and then.
 */
final class RoomLog {
    private static final System.Logger LOG = System.getLogger(RoomLog.class.getName());
    private static final Chunk[] NO_CHUNKS = {};
    private static final int FIRST_CHUNK = 1 << 10;
    private static final int FULL_CHUNK = 1 << 16;
    private static final int LARGEST_CHUNK = 1 << 26; // for one entry: far more than a frame holds

    private final Room room;
    private final Encoding encoding;
    private final WindowBudget budget;
    private final ReentrantLock lock; // the room's
    private volatile Chunk[] chunks = NO_CHUNKS; // replaced under the lock
    private volatile long end; // written under the lock
    private long startSeq; // the last number before the first chunk; lock
    private long lastSeq; // lock
    private volatile @Nullable Cursor[] slots = new Cursor[4]; // replaced and changed under the lock
    private int cursors; // lock
    private volatile @Nullable Throwable fault; // written under the lock, taken by whoever wakes
    private int hint; // where a free slot may be; lock

    RoomLog(Room room, Encoding encoding, WindowBudget budget, ReentrantLock lock, long head) {
        this.room = room;
        this.encoding = encoding;
        this.budget = budget;
        this.lock = lock;
        this.startSeq = head;
        this.lastSeq = head;
    }

    Room room() {
        return room;
    }

    Encoding encoding() {
        return encoding;
    }

    // ---- the writing side, under the room's lock

    void append(Entry entry) {
        try {
            write(entry);
        } catch (Throwable broken) {
            fault = broken; // the door's own fault: it goes without this entry, and the room goes on
        }
    }

    private void write(Entry entry) {
        long seq = entry instanceof Entry.Sequenced numbered ? numbered.seq() : lastSeq;
        Chunk tail = tail();
        ByteBuffer into = tail == null ? null : encodeInto(tail, entry);
        if (tail == null || into == null) {
            int size = nextSize(tail);
            do {
                tail = new Chunk(end, size);
                into = encodeInto(tail, entry);
                size *= 2;
            } while (into == null);
        }
        if (into.position() > tail.limit()) {
            if (tail != tail()) {
                add(tail);
            }
            tail.commit(seq);
            lastSeq = seq;
            end = tail.base + tail.limit();
        }
    }

    private @Nullable ByteBuffer encodeInto(Chunk chunk, Entry entry) {
        ByteBuffer into = chunk.tail();
        try {
            encoding.encode(room, entry, into);
            return into;
        } catch (BufferOverflowException full) {
            if (chunk.bytes.length >= LARGEST_CHUNK && chunk.limit() == 0) {
                throw full;
            }
            return null; // the next chunk then, as large as it takes
        }
    }

    private int nextSize(@Nullable Chunk tail) {
        long grown = tail == null ? FIRST_CHUNK : Math.min(FULL_CHUNK, 4L * tail.bytes.length);
        long part = Math.max(budget.share(), (end - start()) / WindowBudget.CHUNKS_EACH); // a long log has few chunks
        return (int) Math.max(FIRST_CHUNK, Math.min(grown, part));
    }

    private @Nullable Chunk tail() {
        Chunk[] now = chunks;
        return now.length == 0 ? null : now[now.length - 1];
    }

    private void add(Chunk chunk) {
        Chunk[] now = chunks;
        Chunk[] next = Arrays.copyOf(now, now.length + 1);
        next[now.length] = chunk;
        chunks = next;
        budget.grown(this, chunk, now.length == 0);
    }

    /** Gives up a chunk, and what is older, if that has not happened yet. Takes the room's lock. */
    void drop(Chunk chunk) {
        lock.lock();
        try {
            while (Arrays.asList(chunks).contains(chunk)) {
                dropOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the oldest chunk; takes the room's lock. False if there was none. */
    boolean dropOldest() {
        lock.lock();
        try {
            Chunk[] now = chunks;
            if (now.length == 0) {
                return false;
            }
            Chunk oldest = now[0];
            startSeq = oldest.seqAt(oldest.limit());
            chunks = Arrays.copyOfRange(now, 1, now.length);
            budget.shrunk(oldest, now.length == 1);
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- cursors, under the room's lock

    void add(Cursor cursor) {
        @Nullable Cursor[] now = slots;
        int free = 0;
        if (cursors == now.length) {
            free = cursors;
            now = Arrays.copyOf(now, 2 * cursors);
        } else {
            for (free = hint; now[free] != null; free = (free + 1) % now.length) {
                // an empty one is there
            }
        }
        hint = (free + 1) % now.length;
        now[free] = cursor;
        cursor.slot(free);
        cursors++;
        slots = now;
    }

    /** Forgets a cursor; true if it was the last, and the log is then of no use any more. */
    boolean remove(Cursor cursor) {
        slots[cursor.slot()] = null;
        hint = cursor.slot();
        cursors--;
        if (cursors < slots.length / 8) {
            compact();
        }
        while (cursors == 0 && dropOldest()) {
            // nobody reads: nothing is kept
        }
        return cursors == 0;
    }

    /** A new array: a scan under way goes on in the old one and misses nobody. */
    private void compact() {
        @Nullable Cursor[] next = new Cursor[Math.max(4, 2 * cursors)];
        int at = 0;
        for (Cursor cursor : slots) {
            if (cursor != null) {
                next[at] = cursor;
                cursor.slot(at++);
            }
        }
        hint = at % next.length;
        slots = next;
    }

    /** Wakes every cursor that has gone idle. Called under no lock, after an append. */
    void wake() {
        Throwable broken = fault;
        if (broken != null) {
            fault = null;
            LOG.log(System.Logger.Level.ERROR, "an encoding left an entry out", broken);
        }
        for (Cursor cursor : slots) {
            if (cursor != null) {
                cursor.wake();
            }
        }
    }

    // ---- the reading side, any thread

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

    /** Where the window begins; under the lock. */
    long start() {
        Chunk[] now = chunks;
        return now.length == 0 ? end : now[0].base;
    }

    /** The last number before {@link #start()}; under the lock. */
    long startSeq() {
        return startSeq;
    }

    long lastSeq() {
        return lastSeq;
    }
}
