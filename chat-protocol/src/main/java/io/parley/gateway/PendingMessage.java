package io.parley.gateway;

import io.parley.model.RoomException;
import io.parley.room.Outcome;

/**
 * A message on its way to one of its three outcomes: its own entry, an acknowledgement where the connection will not read
 * that, or a refusal.
 */
final class PendingMessage implements Outcome {
    private final PendingOutcomes pending;
    private final long cid;
    private boolean replaced; // set before it has its place
    private boolean asked; // the writer's
    private volatile long seq; // 0 until it has its place, which is before any subscription can pass it

    PendingMessage(PendingOutcomes pending, long cid) {
        this.pending = pending;
        this.cid = cid;
    }

    long cid() {
        return cid;
    }

    long seq() {
        return seq;
    }

    @Override
    public void replaced() {
        replaced = true;
    }

    /** Whether it is not what the connection said. The writer, once it has its place. */
    boolean isReplaced() {
        return replaced;
    }

    /** Notes that the protocol is asked how it is written; false if it was before. The writer. */
    boolean ask() {
        boolean first = !asked;
        asked = true;
        return first;
    }

    boolean isPlaced(long upTo) {
        long place = seq;
        return place != 0 && place <= upTo;
    }

    @Override
    public void kept(long place) {
        seq = place;
        pending.placed(this);
    }

    @Override
    public void refused(RoomException why) {
        pending.refused(this);
        PendingOutcomes.Line line = pending.line();
        line.send(line.protocol().rejected(cid, Refusal.of(why)));
    }
}
