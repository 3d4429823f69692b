package io.parley.gateway;

import io.parley.model.RoomException;
import io.parley.room.Outcome;

/**
 * A command on its way to one of its three outcomes: its own entry, an acknowledgement where the connection will not read
 * that, or a refusal.
 */
final class PendingCommand implements Outcome {
    private static final long REPLACED = 1L << 62;
    private static final long ASKED = 1L << 61;
    private static final long TOLD = 1L << 60; // the protocol is told when it is done: it is no message
    private static final long BITS = REPLACED | ASKED | TOLD;

    private final PendingOutcomes pending;
    private final long cid;
    // 0 until it has its place, which is before any subscription can pass it; with the bits above. Before it has
    // its
    // place the session's thread writes it, then the connection's writer: a field for each bit would make the object
    // larger.
    private volatile long seq;

    PendingCommand(PendingOutcomes pending, long cid, boolean message) {
        this.pending = pending;
        this.cid = cid;
        this.seq = message ? 0 : TOLD;
    }

    boolean isMessage() {
        return (seq & TOLD) == 0;
    }

    long cid() {
        return cid;
    }

    long seq() {
        return seq & ~BITS;
    }

    @Override
    public void replaced() {
        long now = seq;
        seq = now | REPLACED;
    }

    /** Whether it is not what the connection said. The writer, once it has its place. */
    boolean isReplaced() {
        return (seq & REPLACED) != 0;
    }

    /** Notes that the protocol is asked how it is written; false if it was before. The writer. */
    boolean ask() {
        long now = seq;
        seq = now | ASKED;
        return (now & ASKED) == 0;
    }

    boolean isPlaced(long upTo) {
        long place = seq();
        return place != 0 && place <= upTo;
    }

    @Override
    public void kept(long place) {
        seq = place | (seq & BITS);
        pending.placed(this);
    }

    @Override
    public void repeated(long place) {
        pending.repeated(this, place); // it has no place of its own that the connection may read over
    }

    @Override
    public void refused(RoomException why) {
        pending.refused(this);
        PendingOutcomes.Line line = pending.line();
        line.send(line.protocol().rejected(cid, Refusal.of(why)));
    }
}
