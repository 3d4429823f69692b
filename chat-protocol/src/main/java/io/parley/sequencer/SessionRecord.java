package io.parley.sequencer;

import io.parley.model.EndedMembership;
import io.parley.model.RoomException;
import java.util.ArrayList;
import java.util.List;

/** What rooms note of a session that outlives its connections. Any thread; its monitor is a leaf. */
public final class SessionRecord {
    private static final int MOST_ENDED = 64; // memberships

    private final KnownCids cids;
    private final List<EndedMembership> ended = new ArrayList<>(0); // the latest last; monitor

    private volatile boolean over;

    /**
     * Makes the record of a new session.
     *
     * @param inFlight how many commands may be without an outcome
     */
    public SessionRecord(int inFlight) {
        this.cids = new KnownCids(inFlight);
    }

    /**
     * Which of its commands are known.
     *
     * @return the same object each time
     */
    public KnownCids cids() {
        return cids;
    }

    /** The session is over: it comes into no room any more. */
    public void end() {
        over = true;
    }

    /**
     * Whether the session is over.
     *
     * @return true for good
     */
    public boolean isOver() {
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

    /**
     * The memberships that ended without the user's doing.
     *
     * @return a copy, the latest last
     */
    public synchronized List<EndedMembership> ended() {
        return List.copyOf(ended);
    }
}
