package io.parley.sequencer;

import org.jspecify.annotations.Nullable;

/** One connection of a user, as rooms know it. For any thread. */
public abstract class RoomParticipant {
    /** A session's place in a room: the subscription of its connection, or what is left of it without a connection. */
    interface Seat {
        /** The session's connection, or its last one. */
        RoomParticipant participant();
    }

    /** Whose connection it is. */
    protected final RoomUser user;

    /** The public number of its session. */
    protected final long origin;

    private final EntryEncoding encoding;

    /**
     * Makes the part that rooms know.
     *
     * @param user whose connection it is
     * @param origin the public number of its session
     * @param encoding how its gateway writes entries
     */
    protected RoomParticipant(RoomUser user, long origin, EntryEncoding encoding) {
        this.user = user;
        this.origin = origin;
        this.encoding = encoding;
    }

    /** How its gateway writes entries. */
    final EntryEncoding encoding() {
        return encoding;
    }

    /**
     * Whether nothing more is done for it.
     *
     * @return true from then on
     */
    protected abstract boolean isStopped();

    /**
     * What of the session outlives this connection.
     *
     * @return the record, or null if nothing does
     */
    protected abstract @Nullable SessionRecord outliving();

    /**
     * Makes its cursor in a room's log, at the present end. Under the room's lock.
     *
     * @param log the log
     * @return a new cursor, not started
     */
    protected abstract RoomCursor read(EncodedLog log);
}
