package io.parley.transport.nio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What an event loop knows of a connection: its state, the requests for it, and its place in the request queue. No
 * I/O happens here. Any thread may make a request; everything else is for the loop thread.
 *
 * <p>A request is cleared before it is served. So a {@code wantWrite()} that comes while {@code onWritable} runs is a
 * new request and leads to one more call. CLOSE and ABORT are never cleared, and PAUSE only by {@link #resume()}:
 * they hold until the state allows them.
 *
 * <p>(A superclass, because an object of its own would make each idle connection larger.)
 */
abstract class LoopEntry {
    /** Begin: connect, or take over the accepted channel. */
    static final int START = 1;
    /** The handler has something to write. */
    static final int WRITE = 1 << 1;
    /** The task of the handshake is done. */
    static final int HANDSHAKE = 1 << 2;
    /** Call no more {@code onBytes} for now. */
    static final int PAUSE = 1 << 3;
    /** Close in order, as soon as the connection is open. */
    static final int CLOSE = 1 << 4;
    /** Close at once. */
    static final int ABORT = 1 << 5;

    private static final int LASTING = PAUSE | CLOSE | ABORT;
    /** Set while the entry is in the request queue, and for ever after it is closed. */
    private static final int QUEUED = 1 << 6;

    private static final VarHandle REQUESTS = handle("requests");

    /** Its slot in the {@link RequestQueue}, from 1. Written by the thread that adds it there, before any request. */
    int slot;

    /** A slot, or 0 for none. Written by the thread that puts this into the queue, then by the loop thread. */
    int nextInQueue;

    private volatile int requests; // changed through REQUESTS only
    private volatile NioState state = NioState.CONNECTING; // written by the loop thread
    private boolean writeDue; // loop thread only; whether onWritable is to be called when the peer can take bytes

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(LoopEntry.class, field, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // ---- requests; any thread

    /**
     * Notes a request.
     *
     * @return true if the caller must put this entry into the request queue
     */
    final boolean note(int request) {
        return ((int) REQUESTS.getAndBitwiseOr(this, request | QUEUED) & QUEUED) == 0;
    }

    /**
     * Takes back the request to pause.
     *
     * @return true if the caller must put this entry into the request queue
     */
    final boolean resume() {
        REQUESTS.getAndBitwiseAnd(this, ~PAUSE);
        return note(0);
    }

    /** Whether one of these requests is noted and not served. */
    final boolean isRequested(int any) {
        return (requests & any) != 0;
    }

    /** The state. A thread other than the loop's may find that it has changed right after. */
    final NioState state() {
        return state;
    }

    // ---- loop thread

    /** Serves the requests. The loop calls it for each entry of the request queue. */
    abstract void serve();

    /** Takes this out of the queue: returns the requests to serve, and applies those that change the state. */
    final int takeRequests() {
        int taken = (int) REQUESTS.getAndBitwiseAnd(this, LASTING);
        if ((taken & WRITE) != 0) {
            writeDue = true;
        }
        closeIfRequested();
        return taken;
    }

    /** Lets a {@code close()} take effect, if one was called and the connection is open. */
    final void closeIfRequested() {
        if (state == NioState.OPEN && isRequested(CLOSE)) {
            moveTo(NioState.DRAINING);
            writeDue = true;
        }
    }

    /** Everything is written: changes the state if the connection is draining. */
    final void drained() {
        NioState next = state.afterDrain();
        if (next != state) {
            moveTo(next);
        }
    }

    /**
     * Changes the state.
     *
     * @throws IllegalStateException if there is no such transition
     */
    final void moveTo(NioState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException(state + " cannot become " + next);
        }
        state = next;
    }

    /**
     * Changes the state to CLOSED. From now on {@link #note} returns false.
     *
     * @return false if this is in the request queue, so that {@link #serve} is called once more
     */
    final boolean moveToClosed() {
        moveTo(NioState.CLOSED);
        return ((int) REQUESTS.getAndSet(this, QUEUED) & QUEUED) == 0;
    }

    /** Whether the channel is to be read now. */
    final boolean mayRead() {
        return state.isReading() && (state.isDiscarding() || !isRequested(PAUSE));
    }

    final boolean isWriteDue() {
        return writeDue;
    }

    final void setWriteDue(boolean due) {
        writeDue = due;
    }
}
