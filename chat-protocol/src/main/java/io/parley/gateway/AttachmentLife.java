package io.parley.gateway;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The state of a connection, and whether it waits for its client. A superclass and no object of its own: there may be very many connections.
 * Any thread.
 */
abstract class AttachmentLife {
    /**
     * How far a connection has come; only ever forwards.
     *
     * <pre>
     *   LOGIN --asks--&gt; DECIDING --let in--&gt; OPEN
     *     |                |                   |
     *     +--- refused ----+--- goodbye, error +--&gt; CLOSING --written--&gt; CLOSED
     *     +---------------------- lost --------------------------------&gt; CLOSED
     * </pre>
     */
    enum State {
        /** Nobody is logged in. */
        LOGIN,
        /** The policy decides about the login. */
        DECIDING,
        /** Somebody is logged in. */
        OPEN,
        /** Nothing is read any more; what is queued is written. */
        CLOSING,
        /** The connection is over. */
        CLOSED;

        boolean canBecome(State next) {
            return switch (this) {
                case LOGIN -> next == DECIDING || next == CLOSING || next == CLOSED;
                case DECIDING -> next == OPEN || next == CLOSING || next == CLOSED;
                case OPEN -> next == CLOSING || next == CLOSED;
                case CLOSING -> next == CLOSED;
                case CLOSED -> false;
            };
        }

        boolean isEnding() {
            return compareTo(CLOSING) >= 0;
        }
    }

    private static final AtomicReferenceFieldUpdater<AttachmentLife, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(AttachmentLife.class, State.class, "state");

    private volatile State state = State.LOGIN; // changed through STATE
    private volatile boolean wanting; // there is something to write, and the transport has not asked for it yet
    private volatile boolean blocked; // there was more than the client took

    final State state() {
        return state;
    }

    final boolean isEnding() {
        return state.isEnding();
    }

    /** There is something to write. Any thread. */
    final void wantsWrite() {
        wanting = true;
    }

    /** The transport has asked for it. The writer. */
    final void asked() {
        wanting = false;
    }

    /** Whether there was more than the client took. The writer. */
    final void wrote(boolean more) {
        if (blocked != more) { // seldom: a volatile write costs more than this look
            blocked = more;
        }
    }

    /** Whether bytes wait for the client. */
    final boolean isWaiting() {
        return blocked || wanting;
    }

    /**
     * Goes on from one state to another; false if it is not there, or not there any more.
     *
     * @throws IllegalStateException if there is no such transition
     */
    final boolean move(State from, State to) {
        if (!from.canBecome(to)) {
            throw new IllegalStateException("a connection that is " + from + " cannot become " + to);
        }
        return STATE.compareAndSet(this, from, to);
    }

    /** Goes on to a state, unless it is that far already. */
    final void reach(State to) {
        STATE.accumulateAndGet(this, to, (now, then) -> now.canBecome(then) ? then : now);
    }
}
