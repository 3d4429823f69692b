package io.parley.room;

import io.parley.model.RoomException;
import io.parley.model.Snapshot;
import io.parley.sequencer.EncodedLog;
import io.parley.sequencer.Outside;
import io.parley.sequencer.RoomCursor;
import io.parley.sequencer.RoomUser;
import io.parley.sequencer.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * One connection's reading of one room: a cursor in the room's log that ends with the membership. Methods that read belong
 * to the one thread that writes to the connection; the others may be called by any.
 */
public final class Subscription extends RoomCursor {

    /** The room of a subscription, as the subscription needs it. */
    abstract static class Source extends Room implements Outside {

        /** Goes on at the start of the window. The subscription's writer. */
        abstract Gap skip(Subscription subscription);

        /** Forgets the subscription. Any thread. */
        abstract void close(Subscription subscription);

        /** Forgets the subscription, but not the membership. Any thread. */
        abstract void hold(Subscription subscription);

        /** The other of a direct conversation, or 0. Any thread. */
        abstract long peer(RoomUser viewer);
    }

    /**
     * Entries that the subscription did not read and never will.
     *
     * @param from the first number
     * @param to the last; less than {@code from} when only entries without a number were lost
     * @param snapshot the room as it is now
     */
    public record Gap(long from, long to, Snapshot snapshot) {}

    private final Participant participant;
    private volatile @Nullable Object attachment; // set by the owner

    /** Makes a subscription at the present end of the log. Under the room's lock. */
    Subscription(EncodedLog log, Participant participant) {
        super(log);
        this.participant = participant;
    }

    private Source source() {
        return (Source) owner();
    }

    /**
     * The room.
     *
     * @return the room it reads
     */
    public Room room() {
        return source();
    }

    /**
     * With whom a direct conversation is.
     *
     * @return the other's id; 0 for any other room
     */
    public long peer() {
        return source().peer(participant.user());
    }

    /**
     * Keeps an object of the owner's.
     *
     * @param object the owner's own record of this subscription
     */
    public void attach(Object object) {
        attachment = object;
    }

    /**
     * The owner's object.
     *
     * @return what was attached, or null
     */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Goes on at the start of the window, when the subscription {@linkplain #isLost is lost}. The thread that reads.
     *
     * @return what was skipped
     */
    public Gap skip() {
        return source().skip(this);
    }

    /** Under the room's lock. */
    long moveOn() {
        return moveToWindow();
    }

    /**
     * Why the membership ended, to be asked when the subscription {@linkplain #isEnded is ended}.
     *
     * @return the reason, or null if the user left by itself
     */
    public @Nullable RoomException endCause() {
        return cause();
    }

    /**
     * Ends the membership. What was ordered before can still be read. Any thread; nothing happens if it is over.
     *
     * @param text why, for the others; may be empty
     */
    public void leave(String text) {
        source().leave(this, text);
    }

    /** The user ends its membership, on all its connections. */
    void resign() {
        source().resign(this);
    }

    /** Removes the subscription from the room's log, so that nothing is kept for it. Takes the room's lock. */
    public void close() {
        source().close(this);
    }

    /**
     * Does as {@link #close} does, but the membership lives on, if it is not over: the session goes on with it over another
     * connection.
     */
    public void hold() {
        SessionRecord session = participant.outliving();
        if (session != null && session.isOver()) {
            leave("");
            close();
        } else {
            source().hold(this);
        }
    }

    @Override
    protected void ready() {
        participant.subscriber().ready(this);
    }

    @Override
    protected void opened(Snapshot snapshot) {
        participant.subscriber().opened(this, snapshot);
    }

    @Override
    protected boolean isTaken() {
        return attachment != null;
    }

    /**
     * The connection.
     *
     * @return whose subscription it is
     */
    @Override
    public Participant participant() {
        return participant;
    }
}
