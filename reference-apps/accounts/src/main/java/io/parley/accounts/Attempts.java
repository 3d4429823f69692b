package io.parley.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who has given wrong passwords: after some for one account from one source, that source waits for a time that grows. Other sources do
 * not, so nobody keeps the owner out. Accounts that do not exist are counted as well, so the answer does not tell. Any thread may
 * call it.
 */
final class Attempts {
    private static final int MOST_REMEMBERED = 10_000;
    private static final int FREE_TRIES = 5;
    private static final int MOST_DOUBLINGS = 6;
    private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(15);

    private record Attempt(String account, String source) {}

    /** How many wrong ones there were, when the last was, and until when the next waits. */
    private record Failures(int count, long last, long until) {}

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Attempt, Failures> failures = new LinkedHashMap<>(); // the oldest first; lock

    Attempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long a source is to wait before it tries an account again, in nanoseconds; 0 if it need not. */
    long waitNanos(String account, String source) {
        long now = nanoTime.getAsLong();
        lock.lock();
        try {
            Failures before = failures.get(new Attempt(account, source));
            return before == null ? 0 : Math.max(0, before.until() - now);
        } finally {
            lock.unlock();
        }
    }

    void wrong(String account, String source) {
        long now = nanoTime.getAsLong();
        Attempt attempt = new Attempt(account, source);
        lock.lock();
        try {
            Failures before = current(failures.remove(attempt), now);
            int count = before == null ? 1 : before.count() + 1;
            long wait = count < FREE_TRIES ? 0 : FIRST_WAIT_NANOS << Math.min(MOST_DOUBLINGS, count - FREE_TRIES);
            failures.put(attempt, new Failures(count, now, now + wait));
            if (failures.size() > MOST_REMEMBERED) {
                failures.remove(failures.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Failures current(@Nullable Failures before, long now) {
        return before == null || now - before.last() > FORGOTTEN_NANOS ? null : before;
    }

    void right(String account, String source) {
        lock.lock();
        try {
            failures.remove(new Attempt(account, source));
        } finally {
            lock.unlock();
        }
    }
}
