package io.parley.gateway;

import io.parley.transport.Scheduler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time that peers are measured by: the scheduler's, without that in which the whole program stood still, because
 * it was stopped, swapped out or collecting garbage. That is no peer's fault, and what peers sent meanwhile lies
 * unread. It shows by a tick that comes late.
 */
final class ConnectionClock {
    /** Later than schedulers are in their daily work. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Scheduler scheduler;
    private volatile long stoodStill; // nanoseconds; written by the scheduler's thread
    private long due; // when the next tick is; the scheduler's thread

    ConnectionClock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Nanoseconds since some moment. It may go back a little, by what has just been found to be no one's. Any thread. */
    long nanoTime() {
        return scheduler.nanoTime() - stoodStill;
    }

    /** Says when the next tick is to come. Before it is scheduled. */
    void awaitTick(Duration delay) {
        due = scheduler.nanoTime() + delay.toNanos();
    }

    /** The tick has come. The scheduler's thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // nobody else writes it
    void tick() {
        long late = scheduler.nanoTime() - due;
        if (late > LATE_NANOS) {
            stoodStill += late;
        }
    }
}
