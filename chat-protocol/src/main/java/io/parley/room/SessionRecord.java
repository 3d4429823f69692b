package io.parley.room;

import io.parley.model.EndedMembership;
import io.parley.model.RoomException;
import java.util.ArrayList;
import java.util.List;

/** What rooms note of a session that outlives its connections. Any thread; its monitor is a leaf. */
final class SessionRecord {
    private static final int MOST_ENDED = 64; // memberships

    private final KnownCids cids;
    private final List<EndedMembership> ended = new ArrayList<>(0); // the latest last; monitor

    private volatile boolean over;

    SessionRecord(int inFlight) {
        this.cids = new KnownCids(inFlight);
    }

    KnownCids cids() {
        return cids;
    }

    /** The session is over: it comes into no room any more. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** A membership has ended without the user's doing. */
    synchronized void ended(int room, RoomException why) {
        if (ended.size() == MOST_ENDED) {
            ended.remove(0);
        }
        ended.add(new EndedMembership(room, why.reason().code(), why.text()));
    }

    /** A membership has begun, perhaps anew. */
    synchronized void begun(int room) {
        ended.removeIf(one -> one.room() == room);
    }

    /** Those that ended, the latest last. */
    synchronized List<EndedMembership> ended() {
        return List.copyOf(ended);
    }
}
