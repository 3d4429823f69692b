package io.parley.sequencer;

import io.parley.log.Cursor;
import io.parley.model.RoomException;
import io.parley.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** One connection's reading of one room: a cursor in the room's log that ends with the membership. */
public abstract class RoomCursor extends Cursor implements RoomParticipant.Seat {

    /** The end of a membership, and why it came. */
    private static final class Ending extends End {
        private final @Nullable RoomException cause;

        Ending(RoomCursor cursor, long head, @Nullable RoomException cause) {
            super(cursor, head);
            this.cause = cause;
        }
    }

    /**
     * Makes a cursor at the present end of the log. Under the room's lock.
     *
     * @param log the log of a room, in one encoding
     */
    protected RoomCursor(EncodedLog log) {
        super(log);
    }

    final EncodedLog encoded() {
        return (EncodedLog) log();
    }

    /**
     * The room that it reads.
     *
     * @return whoever owns the log
     */
    protected final EncodedLog.Owner owner() {
        return encoded().room();
    }

    /** Ends the membership at the present end of the log. Under the room's lock. */
    final void end(long head, @Nullable RoomException why) {
        end(new Ending(this, head, why));
    }

    /**
     * Why the membership ended, once it has.
     *
     * @return the reason, or null if the user left by itself
     */
    protected final @Nullable RoomException cause() {
        return end() instanceof Ending ending ? ending.cause : null;
    }

    /**
     * Whether its owner has begun with it. Under the room's lock.
     *
     * @return false as long as nobody has read from it
     */
    protected abstract boolean isTaken();

    /**
     * Tells the connection that the conversation has begun. The mover, under no lock.
     *
     * @param snapshot the conversation at the point where the cursor begins
     */
    protected abstract void opened(Snapshot snapshot);
}
