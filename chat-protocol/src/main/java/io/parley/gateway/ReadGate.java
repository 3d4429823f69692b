package io.parley.gateway;

import io.parley.transport.Connection;

/**
 * Whether anything is read from a peer: only while no reason speaks against it. Any thread may open and close it. The
 * transport stands still for longer than that, namely until what {@link Inbound} held back is handled.
 *
 * <p>Its monitor is its lock, a leaf: pausing and resuming never call back, and a monitor costs a silent peer nothing.
 */
final class ReadGate {
    /** What can speak against reading. */
    enum Reason {
        /** A policy is making up its mind. */
        DECIDING(1),
        /** The peer does not take its answers. */
        OUTBOX(2),
        /** The peer sends too much. */
        RATE(4),
        /** The protocol waits for something before it takes the next request. */
        WAITING(8);

        private final int bit;

        Reason(int bit) {
            this.bit = bit;
        }
    }

    /** What becomes of bytes from the peer and for it. */
    enum Flow {
        /** The peer is read. */
        READING,
        /** The peer is not read, by no fault of its own reading. */
        HELD,
        /** The peer is not read until it takes what waits for it. */
        FULL
    }

    private static final int REASONS = 15;
    private static final int PAUSED = 16; // the transport is

    private final Connection connection;
    private final Inbound inbound;
    private volatile int state; // a bit for each reason, and PAUSED; written under the monitor

    ReadGate(Connection connection, Inbound inbound) {
        this.connection = connection;
        this.inbound = inbound;
    }

    boolean isOpen() {
        return (state & REASONS) == 0;
    }

    /** Whether a policy is making up its mind. */
    boolean isDeciding() {
        return (state & Reason.DECIDING.bit) != 0;
    }

    /** What the silence of the peer means. */
    Flow flow() {
        int now = state & REASONS;
        return now == 0 ? Flow.READING : (now & Reason.OUTBOX.bit) == 0 ? Flow.HELD : Flow.FULL;
    }

    synchronized void close(Reason reason) {
        state |= reason.bit;
        pause();
    }

    /**
     * Takes a reason away. If it was the last one reading goes on: requests may be handled on the calling thread. Tasks that
     * waited for the policy are done in any case.
     */
    void open(Reason reason) {
        if (take(reason) || reason == Reason.DECIDING) {
            inbound.goOn();
        }
    }

    /** True if nothing speaks against reading any more, and something did before. */
    private synchronized boolean take(Reason reason) {
        boolean opens = (state & REASONS) == reason.bit;
        state &= ~reason.bit;
        return opens;
    }

    /** Stops the transport until {@link #resume()}. */
    synchronized void pause() {
        if ((state & PAUSED) == 0) {
            state |= PAUSED;
            connection.pauseReads();
        }
    }

    /** Has the transport go on, unless there is a reason against it or something held: then this is called again. */
    synchronized void resume() {
        if (state == PAUSED && !inbound.isHolding()) {
            state = 0;
            connection.resumeReads();
        }
    }
}
