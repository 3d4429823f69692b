package io.parley.server;

import io.parley.model.RoomException;
import io.parley.room.Outcome;
import io.parley.wire.Rejected;

/**
 * A SAY on its way to one of its three outcomes: its own MESSAGE, an ACK where a cursor skips it, or a REJECTED.
 */
final class SayOutcome implements Outcome {
    private final OwedOutcomes owed;
    private final long cid;
    private volatile long seq; // 0 until it has its place, which is before any cursor can pass it

    SayOutcome(OwedOutcomes owed, long cid) {
        this.owed = owed;
        this.cid = cid;
    }

    long cid() {
        return cid;
    }

    long seq() {
        return seq;
    }

    boolean isPlaced(long upTo) {
        long place = seq;
        return place != 0 && place <= upTo;
    }

    @Override
    public void kept(long place) {
        seq = place;
        owed.placed(this);
    }

    @Override
    public void refused(RoomException why) {
        owed.refused(this);
        owed.session().send(new Rejected(cid, why.reason().code(), why.text(), 0));
    }
}
