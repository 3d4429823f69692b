package io.parley.accounts;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** How many accounts each source makes in an hour. Any thread may call it. */
final class RegistrationLimit {
    private static final int MOST_REMEMBERED = 10_000;
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, ArrayDeque<Long>> times = new LinkedHashMap<>(); // by the source, the oldest first; lock

    RegistrationLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a place for one account.
     *
     * @param most how many the source may make in an hour
     * @return 0 if it may; else how long it is to wait, in nanoseconds
     */
    long take(String source, int most) {
        long now = nanoTime.getAsLong();
        lock.lock();
        try {
            ArrayDeque<Long> made = times.remove(source);
            if (made == null) {
                made = new ArrayDeque<>(2);
            }
            made.removeIf(time -> now - time >= HOUR_NANOS);
            long wait = made.size() < most ? 0 : made.getFirst() + HOUR_NANOS - now;
            if (wait == 0) {
                made.add(now);
            }
            times.put(source, made);
            if (times.size() > MOST_REMEMBERED) {
                times.remove(times.keySet().iterator().next());
            }
            return wait;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back: no account was made. */
    void giveBack(String source) {
        lock.lock();
        try {
            ArrayDeque<Long> made = times.get(source);
            if (made != null) {
                made.pollLast();
            }
        } finally {
            lock.unlock();
        }
    }
}
