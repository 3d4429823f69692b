package io.parley.server;

import java.util.concurrent.locks.ReentrantLock;

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

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private volatile State state = State.LOGIN; // changed under the lock

    State now() {
        return state;
    }

    boolean isEnding() {
        return state.compareTo(State.CLOSING) >= 0;
    }

    /** Goes on from one state to another; false if it is not there, or not there any more. */
    boolean move(State from, State to) {
        lock.lock();
        try {
            boolean there = state == from;
            state = there ? to : state;
            return there;
        } finally {
            lock.unlock();
        }
    }

    /** Goes on to a state, unless it is that far already. */
    void reach(State to) {
        lock.lock();
        try {
            state = state.compareTo(to) < 0 ? to : state;
        } finally {
            lock.unlock();
        }
    }
}
