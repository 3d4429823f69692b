package io.parley.testkit.transport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition. The calling thread asks for it again and again, and parks in between. What a condition throws
 * goes to the caller. An interrupt does not end the wait, and the thread stays interrupted. Any thread.
 */
public final class Await {
    private Await() {}

    /**
     * Waits until a condition holds.
     *
     * @param what names the condition in the failure
     * @param limit how long to wait at most
     * @param interval how long to park between two looks
     * @param condition what must hold; asked at least once, and once after the limit
     * @throws AssertionError if it does not hold in time
     */
    public static void until(String what, Duration limit, Duration interval, BooleanSupplier condition) {
        if (!within(limit, interval, condition)) {
            throw late(what, limit);
        }
    }

    /**
     * Waits until a condition holds, and tells whether it did.
     *
     * @param limit how long to wait at most
     * @param interval how long to park between two looks
     * @param condition what must hold; asked at least once, and once after the limit
     * @return false if the condition did not hold in time
     */
    public static boolean within(Duration limit, Duration interval, BooleanSupplier condition) {
        long started = System.nanoTime();
        boolean late = false;
        while (!condition.getAsBoolean()) {
            if (late) {
                return false;
            }
            LockSupport.parkNanos(interval.toNanos());
            late = System.nanoTime() - started >= limit.toNanos();
        }
        return true;
    }

    /**
     * Waits until a condition has held at every look for a while.
     *
     * @param what names the condition in the failure
     * @param calm how long it must hold
     * @param limit how long to wait at most
     * @param interval how long to park between two looks
     * @param condition what must hold
     * @throws AssertionError if it does not hold for that long in time
     */
    public static void steady(
            String what, Duration calm, Duration limit, Duration interval, BooleanSupplier condition) {
        long started = System.nanoTime();
        long since = started;
        while (true) {
            boolean holds = condition.getAsBoolean();
            long now = System.nanoTime();
            if (!holds) {
                since = now;
            } else if (now - since >= calm.toNanos()) {
                return;
            }
            if (now - started >= limit.toNanos()) {
                throw late(what, limit);
            }
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    private static AssertionError late(String what, Duration limit) {
        return new AssertionError("not true within " + limit + ": " + what);
    }
}
