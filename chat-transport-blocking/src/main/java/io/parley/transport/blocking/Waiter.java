package io.parley.transport.blocking;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for a condition. {@link #await} is for that thread, {@link #wake} for any.
 *
 * <p>The waker changes the volatile state behind the condition, then looks whether a thread is parked. The waiting
 * thread says that it is parked, then looks at the condition. At least one of the two sees the other, and waking a
 * thread that is not parked costs no system call.
 */
final class Waiter {
    private final BooleanSupplier condition;
    private volatile @Nullable Thread parked; // written by the thread that waits

    Waiter(BooleanSupplier condition) {
        this.condition = condition;
    }

    /**
     * Waits until the condition is true. Every change that may make it true is followed by {@link #wake}.
     *
     * @return whether the thread had to wait
     */
    boolean await() {
        if (condition.getAsBoolean()) {
            return false;
        }
        parked = Thread.currentThread();
        while (!condition.getAsBoolean()) {
            LockSupport.park(this);
        }
        parked = null;
        return true;
    }

    /** Has the waiting thread look at the condition again. */
    void wake() {
        Thread thread = parked;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
