package io.parley.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A position in a log, owned by one reader. The owner extends it to be {@linkplain #ready told} when there is something to
 * read.
 *
 * <p>The methods that read belong to the one thread that writes to the owner's peer; the others say what they allow.
 *
 * <h2>Reading</h2>
 *
 * {@link #prepare} finds a <em>run</em> of bytes that ends where an entry ends, and gives the chunk it lies in. {@link
 * #offset} and {@link #remaining} show where, and {@link #advance} moves on in it. While a run is half read the cursor
 * holds its chunk, so that the run can be finished even when the window has moved on. {@link #shorten} ends the run at the
 * next entry. Between runs the owner may write something else. When {@code prepare} gives null, the cursor is {@link
 * #isLost lost} (it fell out of the window: {@link #moveToWindow}), {@link #isEnded ended}, or has read everything: {@link
 * #sleep}.
 *
 * <p>A run that is read in one go leaves no reference behind. A reference that is stored from an old object to another at
 * each delivery is work for the garbage collector that costs more than the delivery.
 */
public abstract class Cursor {
    private static final VarHandle IDLE;

    static {
        try {
            IDLE = MethodHandles.lookup().findVarHandle(Cursor.class, "idle", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Where a cursor's reading ends: nothing behind it is its own. An owner may extend it to say why. */
    protected static class End {
        private final long position;
        private final long seq;

        /**
         * An end behind all that is written now. The log's writer, under its lock.
         *
         * @param cursor whose end it is
         * @param seq the last number before it
         */
        protected End(Cursor cursor, long seq) {
            this.position = cursor.log.writtenEnd();
            this.seq = seq;
        }
    }

    private final ByteLog log;
    private volatile @Nullable End end; // set once, under the log's lock
    private volatile boolean idle; // changed through IDLE, but by the owner
    int slot = CursorSlots.NONE; // in the log; changed by CursorSlots, under the log's lock

    // the owner's writing thread
    private boolean lost;
    private long position;
    private long lastSeq;
    private @Nullable Chunk held; // of the run that is half read
    private int offset;
    private int runEnd;

    /**
     * Makes a cursor at the present end. Under the log's lock.
     *
     * @param log the log that it reads
     */
    protected Cursor(ByteLog log) {
        this.log = log;
        this.position = log.end();
        this.lastSeq = log.lastSeq();
    }

    /**
     * Called when the cursor was {@linkplain #sleep asleep} and there is something to read or its end has come: once for
     * each time it went to sleep. By any thread, under no lock; it must return quickly.
     */
    protected abstract void ready();

    /**
     * The log that it reads.
     *
     * @return the log
     */
    protected final ByteLog log() {
        return log;
    }

    /**
     * Finds the next bytes to write, if none are at hand.
     *
     * @param maxBytes about how long the run may be: it is longer only if one entry is
     * @return the chunk with a run to write, or null if there is none
     */
    public final @Nullable Chunk prepare(int maxBytes) {
        if (held != null) {
            return held;
        }
        long limit = limit();
        if (position >= limit) {
            return null;
        }
        Chunk found = log.find(position);
        if (found == null) {
            lost = true;
            return null;
        }
        int from = (int) (position - found.base);
        int to = (int) Math.min(found.limit(), limit - found.base);
        if (to - from > maxBytes) {
            int fits = found.boundaryAtOrBefore(from + maxBytes);
            to = fits > from ? fits : found.boundaryAtOrAfter(from + 1);
        }
        offset = from;
        runEnd = to;
        return found;
    }

    /** Where an entry lies, seen from a run. */
    public enum Found {
        /** Not in the run. */
        ELSEWHERE,
        /** Behind the run, which now ends where the entry begins. */
        NEXT,
        /** It is all of the run now. */
        ALONE
    }

    /**
     * Keeps an entry apart from others: a run of which nothing is read yet is cut before the entry, or behind it if it begins
     * with it.
     *
     * @param run the chunk that {@link #prepare} has just given
     * @param seq the entry's number, greater than {@link #lastSeq}
     * @return where the entry is
     */
    public final Found separate(Chunk run, long seq) {
        int start = run.startOf(seq);
        if (start < offset || start >= runEnd) {
            return Found.ELSEWHERE;
        }
        if (start > offset) {
            runEnd = start;
            return Found.NEXT;
        }
        runEnd = run.boundaryAtOrAfter(start + 1);
        return Found.ALONE;
    }

    private long limit() {
        End mine = end;
        return mine == null ? log.end() : mine.position;
    }

    /**
     * Whether a run is half read: nothing else may be written before the next entry's end.
     *
     * @return true from the first byte of a run until its last
     */
    public final boolean hasRun() {
        return held != null;
    }

    /**
     * Where in the chunk's array the rest of the run begins.
     *
     * @return the index
     */
    public final int offset() {
        return offset;
    }

    /**
     * How long the rest of the run is.
     *
     * @return the number of bytes; 0 when it is read
     */
    public final int remaining() {
        return runEnd - offset;
    }

    /**
     * Moves on in the run.
     *
     * @param run the chunk that {@link #prepare} gave
     * @param bytes how many bytes were written
     */
    public final void advance(Chunk run, int bytes) {
        if (bytes < 0 || bytes > runEnd - offset) {
            throw new IllegalStateException("there is no run of " + bytes + " bytes: prepare first");
        }
        offset += bytes;
        position += bytes;
        if (offset == runEnd) {
            lastSeq = run.seqAt(runEnd);
            letGo();
        } else if (bytes > 0 && held == null) {
            held = run;
        }
    }

    private void letGo() {
        if (held != null) {
            held = null;
        }
    }

    /** Ends the run that is half read at the first place where an entry ends; at once, if one ends here. */
    public final void shorten() {
        Chunk current = held;
        if (current != null) {
            int next = current.boundaryAtOrBefore(offset) == offset ? offset : current.boundaryAtOrAfter(offset);
            if (next == offset) {
                lastSeq = offset == 0 ? lastSeq : current.seqAt(offset);
                letGo();
            }
            runEnd = next;
        }
    }

    /**
     * The number up to which everything was written or reported as a gap. While a run is under way, as of the end
     * of the run before.
     *
     * @return the last such number
     */
    public final long lastSeq() {
        return lastSeq;
    }

    /**
     * Whether {@link #prepare} found that the window has moved past the position.
     *
     * @return true until {@link #moveToWindow}
     */
    public final boolean isLost() {
        return lost;
    }

    /**
     * Goes on at the start of the window, or at the end if the window is past it. The owner, under the log's lock.
     *
     * @return the last number that was skipped
     */
    protected final long moveToWindow() {
        lost = false;
        End mine = end;
        if (mine != null && mine.position <= log.start()) {
            position = mine.position;
            lastSeq = mine.seq;
        } else {
            position = log.start();
            lastSeq = log.startSeq();
        }
        return lastSeq;
    }

    /**
     * Whether the cursor has an end and has read everything before it.
     *
     * @return true at the very end
     */
    public final boolean isEnded() {
        End mine = end;
        return mine != null && held == null && position >= mine.position;
    }

    /**
     * Goes idle, unless there is something to read after all. After true the owner does not read until {@link #ready} has
     * been called, which may be before this returns.
     *
     * @return whether the cursor is asleep
     */
    public final boolean sleep() {
        idle = true;
        // The flag is set, now look once more: the other side publishes first and looks at the flag then.
        return (position >= log.end() && end == null) || !IDLE.compareAndSet(this, true, false);
    }

    /** Tells the owner if the cursor is asleep. Any thread, under no lock. */
    final void wake() {
        if (idle && IDLE.compareAndSet(this, true, false)) {
            try {
                ready();
            } catch (Throwable broken) {
                Faults.report(broken); // the others are woken all the same
            }
        }
    }

    /**
     * Whether the cursor has an end, read up to it or not. Any thread.
     *
     * @return true once it has
     */
    public final boolean isOver() {
        return end != null;
    }

    /**
     * Ends the reading. To be called once, under the log's lock.
     *
     * @param last where
     */
    protected final void end(End last) {
        end = last;
    }

    /**
     * The end. Any thread.
     *
     * @return where the reading ends, or null while it has no end
     */
    protected final @Nullable End end() {
        return end;
    }
}
