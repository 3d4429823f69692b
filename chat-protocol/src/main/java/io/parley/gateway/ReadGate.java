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
        RATE(4);

        private final int bit;

        Reason(int bit) {
            this.bit = bit;
        }
    }

    private static final int REASONS = 7;
    private static final int PAUSED = 8; // the transport is

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

    synchronized void close(Reason reason) {
        state |= reason.bit;
        pause();
    }

    /** Takes a reason away. If it was the last one reading goes on: requests may be handled on the calling thread. */
    void open(Reason reason) {
        if (take(reason)) {
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
