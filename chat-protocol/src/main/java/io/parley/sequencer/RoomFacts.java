package io.parley.sequencer;

import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.model.Member;
import io.parley.model.RoomKind;
import io.parley.model.RoomState;
import io.parley.model.Snapshot;
import io.parley.sequencer.RoomContext.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What others read of a room. The room's mover changes it under the room's lock; the mover, and whoever holds the lock, reads
 * it. What is volatile any thread reads.
 */
final class RoomFacts {

    /**
     * How long a room stays in use.
     *
     * <pre>
     *             pinned
     *      OPEN ----------&gt; PINNED
     *       | ^ &lt;----------  |
     *       |  \  unpinned   |
     *       |   `------.-----'
     *       |          |---------------.
     *       |          | closed        | deleted
     *       |          v               v
     *       |       CLOSING -------&gt; ENDING
     *       |          |    deleted    |
     *       | deserted | deserted      | deserted
     *       v          v               v
     *     CLOSED     CLOSED          ENDED
     *    or ENDED   or ENDED
     * </pre>
     *
     * <p>A deserted room that is an account's or the server's is closed, and can be opened again with its history. Any other
     * ends: the next room of its name has nothing of it.
     */
    enum Life {
        /** In use while somebody is in it. */
        OPEN,
        /** In use with or without members. */
        PINNED,
        /** Being closed: its members are out and nobody comes in; what it still owes its history is kept. */
        CLOSING,
        /** Being deleted: its members are out and nobody comes in. */
        ENDING,
        /** Not in use any more; its history may be opened again. */
        CLOSED,
        /** Not in use any more, and its history is forgotten. */
        ENDED;

        boolean canBecome(Life next) {
            return switch (this) {
                case OPEN -> next == PINNED || next == CLOSING || next == ENDING || next.isOver();
                case PINNED -> next == OPEN || next == CLOSING || next == ENDING;
                case CLOSING -> next == ENDING || next.isOver();
                case ENDING -> next == ENDED;
                case CLOSED, ENDED -> false;
            };
        }

        /** The next state. */
        Life become(Life next) {
            if (!canBecome(next)) {
                throw new IllegalStateException("a room that is " + this + " cannot become " + next);
            }
            return next;
        }

        /** Whether somebody can join and speak. */
        boolean isOpen() {
            return this == OPEN || this == PINNED;
        }

        boolean isOver() {
            return this == CLOSED || this == ENDED;
        }
    }

    private final Place<?> place;
    final long epoch;
    RoomState state;
    boolean lasting; // it is the server's, and does not end when it is deserted
    boolean visited; // somebody was in it since it was opened
    private boolean known; // as lasting or not to the journal; the mover's
    volatile Life life;
    volatile long head;
    volatile long floor;

    RoomFacts(Place<?> place, KeptRoom opened, @Nullable RoomInfo info) {
        this.place = place;
        this.epoch = opened.epoch();
        this.state = opened.state();
        boolean old = opened.head() > 0 || !opened.state().equals(RoomState.EMPTY);
        this.lasting = old && (info == null || info.lasting());
        this.known = info != null && info.lasting() == lasting;
        this.life = place.kind() == RoomKind.ANNOUNCEMENTS ? Life.PINNED : Life.OPEN;
        this.head = opened.head();
        this.floor = opened.floor();
    }

    /** Whether nothing has happened in the room: whoever joins now creates it. */
    boolean isNew() {
        return place.kind() == RoomKind.ROOM && !lasting && head == 0 && state.equals(RoomState.EMPTY);
    }

    /** Whether the room ends when nobody is in it. */
    boolean isPassing() {
        return place.kind() == RoomKind.ROOM && !lasting && !state.isAccounts();
    }

    /**
     * What the journal is to know of the room, or null if it does. The mover.
     *
     * @param servers whether the room becomes the server's now
     */
    @Nullable
    KeyValue unknown(boolean servers) {
        if (known || place.kind() != RoomKind.ROOM) {
            return null;
        }
        known = true;
        return new RoomInfo(place.ref().name(), lasting || servers).value(place.key());
    }

    /** That was not kept. The mover. */
    void stillUnknown() {
        known = false;
    }

    /** The room is the server's from now on. Under the lock. */
    void last() {
        known &= lasting;
        lasting = true;
    }

    /** What becomes of the room when nobody is in it. */
    Life deserted() {
        // A room that nobody has come back to yet does not end for that.
        boolean ends = isPassing() && (visited || isNew());
        return life == Life.ENDING || ends ? Life.ENDED : Life.CLOSED;
    }

    /** The room as one user sees it. */
    Snapshot snapshot(RoomUser viewer, Roster roster, PresenceNotices presence) {
        List<Member> members =
                presence.isNamed(state.settings()) ? roster.page("", Integer.MAX_VALUE, state, viewer) : List.of();
        Roster.Item member = roster.find(viewer);
        return new Snapshot(
                place.ref(),
                place.nameFor(viewer),
                epoch,
                head,
                floor,
                state,
                Permissions.role(state, viewer),
                roster.size(),
                members,
                place.peer(viewer),
                member == null || !member.isLasting() ? 0 : Math.min(member.readSeq(), head));
    }
}
