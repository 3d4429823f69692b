package io.parley.transport.blocking;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The place where one thread waits until it is needed. {@link #await} is for that thread, {@link #wake} for
 * any.
 *
 * <p>The waker changes a volatile condition, then looks whether anybody is parked; the waiter says that it
 * is parked, then looks at the condition. One of the two sees the other, and a thread that is at work
 * costs its waker no system call.
 */
final class Parking {
    private final BooleanSupplier needed;
    private volatile @Nullable Thread parked; // written by the waiter

    Parking(BooleanSupplier needed) {
        this.needed = needed;
    }

    /**
     * Waits until the thread is needed. Whatever may make it so is followed by {@link #wake}.
     *
     * @return whether it had to wait
     */
    boolean await() {
        if (needed.getAsBoolean()) {
            return false;
        }
        parked = Thread.currentThread();
        while (!needed.getAsBoolean()) {
            LockSupport.park(this);
        }
        parked = null;
        return true;
    }

    void wake() {
        Thread waiter = parked;
        if (waiter != null) {
            LockSupport.unpark(waiter);
        }
    }
}
