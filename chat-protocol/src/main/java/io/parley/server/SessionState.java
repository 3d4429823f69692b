package io.parley.server;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * How far a session has come; only ever forwards. Any thread.
 *
 * <pre>
 *   LOGIN --HELLO--> DECIDING --let in--> OPEN
 *     |                 |                  |
 *     +---- refused ----+---- BYE, error --+--> CLOSING --flushed--> CLOSED     (a lost connection: at once CLOSED)
 * </pre>
 */
final class SessionState {

    /** The states, in their order. */
    enum State {
        LOGIN,
        DECIDING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final AtomicReferenceFieldUpdater<SessionState, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(SessionState.class, State.class, "state");

    private volatile State state = State.LOGIN; // changed through STATE

    State now() {
        return state;
    }

    boolean isEnding() {
        return state.compareTo(State.CLOSING) >= 0;
    }

    /** Goes on from one state to another; false if it is not there, or not there any more. */
    boolean move(State from, State to) {
        return STATE.compareAndSet(this, from, to);
    }

    /** Goes on to a state, unless it is that far already. */
    void reach(State to) {
        STATE.accumulateAndGet(this, to, (now, then) -> now.compareTo(then) < 0 ? then : now);
    }
}
