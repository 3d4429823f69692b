package io.parley.transport.blocking;

import io.parley.transport.Disconnect;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connection, the reason of its end, and what its user has asked for. Any thread may call it. There is
 * no I/O and no lock here; every change is one atomic step.
 */
final class Lifecycle {
    private static final AtomicReferenceFieldUpdater<Lifecycle, BlockingState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Lifecycle.class, BlockingState.class, "state");
    private static final AtomicReferenceFieldUpdater<Lifecycle, @Nullable Disconnect> REASON =
            AtomicReferenceFieldUpdater.newUpdater(Lifecycle.class, Disconnect.class, "reason");
    private static final AtomicIntegerFieldUpdater<Lifecycle> THREADS =
            AtomicIntegerFieldUpdater.newUpdater(Lifecycle.class, "threads");

    private volatile BlockingState state = BlockingState.CONNECTING; // changed through STATE, by any thread
    private volatile @Nullable Disconnect reason; // set once, through REASON, by any thread
    private volatile int threads = 1; // how many have not left; changed through THREADS, by the two threads

    // Requests, which are no states: they may come in any state, and hold until the state allows them.
    private volatile boolean closeRequested; // set once, by any thread; takes effect when the state is OPEN
    private volatile boolean readsPaused; // written by any thread
    private volatile boolean writeRequested; // set by any thread; cleared by the writer before onWritable

    BlockingState state() {
        return state;
    }

    boolean isEnded() {
        return state.isEnded();
    }

    /**
     * Changes the state, unless another thread has changed it before.
     *
     * @return false if the state is not the first one any more
     * @throws IllegalStateException if there is no such transition
     */
    boolean tryMove(BlockingState from, BlockingState to) {
        if (!from.canBecome(to)) {
            throw new IllegalStateException(from + " cannot become " + to);
        }
        return STATE.compareAndSet(this, from, to);
    }

    /**
     * The handshake is complete: changes the state to OPEN, or on to CLOSING if {@link #requestClose} came before.
     *
     * @return false if the connection has ended meanwhile
     */
    boolean tryOpen() {
        if (!tryMove(BlockingState.HANDSHAKING, BlockingState.OPEN)) {
            return false;
        }
        if (closeRequested) {
            tryMove(BlockingState.OPEN, BlockingState.CLOSING);
        }
        return true;
    }

    /** Closes in order: at once if the state is OPEN, else when it becomes that. */
    void requestClose() {
        closeRequested = true; // tryOpen reads it after it has changed the state, so one of the two closes
        tryMove(BlockingState.OPEN, BlockingState.CLOSING);
    }

    /**
     * Notes why the connection ends, unless that is known, and changes the state to ENDING.
     *
     * @return true if this was the first reason
     */
    boolean tryEnd(Disconnect why) {
        boolean first = REASON.compareAndSet(this, null, why);
        moveToEnding();
        return first;
    }

    private void moveToEnding() {
        BlockingState now = state;
        while (!now.isEnded() && !tryMove(now, BlockingState.ENDING)) {
            now = state;
        }
    }

    /**
     * Both threads have left: changes the state from ENDING to CLOSED. Called once.
     *
     * @return the reason of the end
     * @throws IllegalStateException if the state is another one, or a thread has not left
     */
    Disconnect close() {
        if (threads != 0 || !tryMove(BlockingState.ENDING, BlockingState.CLOSED)) {
            throw new IllegalStateException(state + " with " + threads + " threads cannot become CLOSED");
        }
        return Objects.requireNonNull(reason);
    }

    // ---- the threads

    /** Counts a thread in, before it is started. The reader is counted from the beginning. */
    void threadStarts() {
        THREADS.incrementAndGet(this);
    }

    /** Counts a thread out; true if it was the last. */
    boolean threadLeaves() {
        return THREADS.decrementAndGet(this) == 0;
    }

    // ---- requests

    /** Notes that the handler has something to write; false if that was noted already. */
    boolean requestWrite() {
        if (writeRequested) {
            return false;
        }
        writeRequested = true;
        return true;
    }

    /** Called by the writer before {@code onWritable}, so that a request during the call leads to one more call. */
    void clearWriteRequest() {
        writeRequested = false;
    }

    boolean isWriteRequested() {
        return writeRequested;
    }

    void pauseReads(boolean paused) {
        readsPaused = paused;
    }

    /** Whether the reader has something to do. */
    boolean mayRead() {
        return !readsPaused || state != BlockingState.OPEN;
    }

    /** Whether the writer has something to do. */
    boolean mayWrite() {
        return writeRequested || state != BlockingState.OPEN;
    }
}
