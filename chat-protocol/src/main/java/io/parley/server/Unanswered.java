package io.parley.server;

import io.parley.room.Outcome;
import io.parley.room.RoomException;
import io.parley.wire.Rejected;

/**
 * A SAY on its way to one of its three outcomes: its own MESSAGE, an ACK where a cursor skips it, or a REJECTED.
 */
final class Unanswered implements Outcome {
    private final Feed feed;
    private final long cid;
    private volatile long seq; // 0 until it has its place, which is before any cursor can pass it

    Unanswered(Feed feed, long cid) {
        this.feed = feed;
        this.cid = cid;
    }

    long cid() {
        return cid;
    }

    long seq() {
        return seq;
    }

    @Override
    public void kept(long place) {
        seq = place;
    }

    @Override
    public void refused(RoomException why) {
        feed.answered(this);
        feed.session().send(new Rejected(cid, Codes.of(why.reason()), why.text(), 0));
    }
}
