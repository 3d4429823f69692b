package io.parley.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Where time and background threads come from, so that a test can turn both by hand. Any thread may call
 * it.
 *
 * <p>Timers measure monotonic time and are not moved by a change of the wall clock.
 */
public interface Scheduler {

    /**
     * Monotonic time, for intervals only.
     *
     * @return nanoseconds since an arbitrary origin
     */
    long nanoTime();

    /**
     * The wall clock, for display only: nothing is ordered by it.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    long epochMillis();

    /**
     * Runs a task later, on the scheduler's one thread; the task must not block.
     *
     * @param delay how long to wait; zero or less means as soon as can be
     * @param task what to run; a task that throws harms no other
     * @return the way to call it off
     */
    Timeout schedule(Duration delay, Runnable task);

    /**
     * Threads for code that may block, such as an application's callbacks.
     *
     * @return the executor; it does not keep the process alive
     */
    Executor executor();

    /**
     * Waits for something, blocking the calling thread. A scheduler that is turned by hand turns until the future is
     * done, or as much time has passed on its own clock.
     *
     * @param future what to wait for; how it completes does not matter
     * @param timeout how long at most
     * @return whether the future is done
     * @throws InterruptedException if the thread is interrupted
     */
    default boolean await(CompletableFuture<?> future, Duration timeout) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        future.whenComplete((value, error) -> done.countDown());
        return done.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * The scheduler of the running process: the system's clocks and daemon threads that end when idle.
     *
     * @return the one shared instance
     */
    static Scheduler system() {
        return SystemScheduler.INSTANCE;
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timeout {
        /** Calls the task off if it has not begun; else does nothing. */
        void cancel();
    }
}
