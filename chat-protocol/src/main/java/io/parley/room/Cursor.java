package io.parley.room;

import io.parley.model.RoomException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A position in one room's log, owned by one connection.
 *
 * <p>The methods that read belong to the one thread that writes to the connection; others say what they allow.
 *
 * <h2>Reading</h2>
 *
 * {@link #prepare} finds a <em>run</em> of bytes that ends where an entry ends, and gives the chunk it lies in; {@link
 * #offset} and {@link #remaining} show where, and {@link #advance} moves on in it. While a run is half read the cursor
 * holds its chunk, so that it can be finished even when the window has moved on; {@link #shorten} ends the run at the
 * next entry. Between runs the owner may write something else. When {@code prepare} gives null, the cursor is {@link
 * #isLost lost} (it fell out of the window: {@link #skip}), {@link #isEnded ended}, or has read everything: {@link
 * #sleep}.
 *
 * <p>A run that is read in one go leaves no reference behind: one reference a delivery, from an old object to another,
 * is work for the garbage collector that costs more than the delivery.
 *
 * <p>(A little over 300 lines, half of them Javadoc for those who write front doors.)
 */
public final class Cursor {
    private static final VarHandle IDLE;

    static {
        try {
            IDLE = MethodHandles.lookup().findVarHandle(Cursor.class, "idle", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /**
     * The end of membership.
     *
     * @param position in the log: nothing behind it is this cursor's
     * @param seq the last number before the end
     * @param cause why, or null if the user left by itself
     */
    record End(long position, long seq, @Nullable RoomException cause) {}

    /**
     * Entries that the cursor did not read and never will.
     *
     * @param from the first number
     * @param to the last; less than {@code from} when only entries without a number were lost
     * @param snapshot the room as it is now
     */
    public record Gap(long from, long to, Snapshot snapshot) {}

    private final RoomLog log;
    private final Participant participant;
    private volatile @Nullable End end; // set once, under the room lock
    private volatile @Nullable Object attachment; // set by the owner
    private volatile boolean idle;
    private int slot; // room lock

    // the owner's writing thread
    private long position;
    private long lastSeq;
    private boolean lost;
    private @Nullable Chunk held; // of the run that is half read
    private int offset;
    private int runEnd;

    Cursor(RoomLog log, Participant participant) {
        this.log = log;
        this.participant = participant;
        this.position = log.end();
        this.lastSeq = log.lastSeq();
    }

    /**
     * The room. Any thread.
     *
     * @return the room it reads
     */
    public Room room() {
        return log.room();
    }

    /**
     * Keeps an object of the owner's. Any thread.
     *
     * @param object the owner's own record of this cursor
     */
    public void attach(Object object) {
        attachment = object;
    }

    /**
     * The owner's object. Any thread.
     *
     * @return what was attached, or null
     */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Finds the next bytes to write, if none are at hand.
     *
     * @param maxBytes about how long the run may be: it is longer only if one entry is
     * @return the chunk with a run to write, or null if there is none
     */
    public @Nullable Chunk prepare(int maxBytes) {
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

    private long limit() {
        End mine = end;
        return mine == null ? log.end() : mine.position;
    }

    /**
     * Whether a run is half read: nothing else may be written before the next entry's end.
     *
     * @return true from the first byte of a run until its last
     */
    public boolean hasRun() {
        return held != null;
    }

    /**
     * Where in the chunk's array the rest of the run begins.
     *
     * @return the index
     */
    public int offset() {
        return offset;
    }

    /**
     * How long the rest of the run is.
     *
     * @return the number of bytes; 0 when it is read
     */
    public int remaining() {
        return runEnd - offset;
    }

    /**
     * Moves on in the run.
     *
     * @param run the chunk that {@link #prepare} gave
     * @param bytes how many bytes were written
     */
    public void advance(Chunk run, int bytes) {
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
    public void shorten() {
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
    public long lastSeq() {
        return lastSeq;
    }

    /**
     * Whether {@link #prepare} found that the window has moved past the position.
     *
     * @return true until {@link #skip}
     */
    public boolean isLost() {
        return lost;
    }

    /**
     * Goes on at the start of the window. Takes the room's lock.
     *
     * @return what was skipped
     */
    public Gap skip() {
        long from = lastSeq + 1;
        lost = false;
        return room().skip(this, from);
    }

    /** Called by the room under its lock. */
    long moveToWindow() {
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
     * Whether membership has ended and everything before its end has been read.
     *
     * @return true at the very end
     */
    public boolean isEnded() {
        End mine = end;
        return mine != null && held == null && position >= mine.position;
    }

    /**
     * Why membership ended.
     *
     * @return the reason, or null if the user left by itself or is a member still
     */
    public @Nullable RoomException endCause() {
        End mine = end;
        return mine == null ? null : mine.cause;
    }

    /**
     * Goes idle, unless there is something to read after all. After true the owner does not read until {@link
     * Outlet#ready} has been called, which may be before this returns.
     *
     * @return whether the cursor is asleep
     */
    public boolean sleep() {
        idle = true;
        // The flag is set, now look once more: the other side publishes first and looks at the flag then.
        return (position >= log.end() && end == null) || !IDLE.compareAndSet(this, true, false);
    }

    /** Tells the owner if the cursor is asleep. Any thread, under no lock. */
    void wake() {
        if (idle && IDLE.compareAndSet(this, true, false)) {
            try {
                participant.outlet().ready(this);
            } catch (Throwable broken) {
                Lane.report(broken); // the others are woken all the same
            }
        }
    }

    /** Takes the cursor out of the room's log, so that nothing is kept for it. Any thread; takes the room's lock. */
    public void close() {
        room().close(this);
    }

    RoomLog log() {
        return log;
    }

    Participant participant() {
        return participant;
    }

    boolean isOver() {
        return end != null;
    }

    void end(End last) {
        end = last;
    }

    int slot() {
        return slot;
    }

    void slot(int index) {
        slot = index;
    }
}
