package io.parley.room;

/**
 * How long a room stays in use.
 *
 * <pre>
 *            pinned
 *     OPEN ----------&gt; PINNED
 *      | \              |
 *      |  `---. closed  | closed for good
 *      |       `----.   v
 *      |             `-&gt; ENDING
 *      | deserted        | deserted
 *      v                 v
 *    CLOSED            ENDED
 * </pre>
 */
enum RoomLife {
    /** In use while somebody is in it. */
    OPEN,
    /** In use with or without members. */
    PINNED,
    /** Closed for good: its members are out, and it will not be opened again. */
    ENDING,
    /** Not in use any more; its history may be opened again. */
    CLOSED,
    /** Not in use any more, and its history is forgotten. */
    ENDED;

    boolean canBecome(RoomLife next) {
        return switch (this) {
            case OPEN -> next == PINNED || next == ENDING || next == CLOSED;
            case PINNED -> next == ENDING;
            case ENDING -> next == ENDED;
            case CLOSED, ENDED -> false;
        };
    }

    /** The next state. */
    RoomLife become(RoomLife next) {
        if (!canBecome(next)) {
            throw new IllegalStateException("a room that is " + this + " cannot become " + next);
        }
        return next;
    }

    boolean isOver() {
        return this == CLOSED || this == ENDED;
    }
}
