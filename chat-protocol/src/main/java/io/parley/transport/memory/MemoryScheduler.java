package io.parley.transport.memory;

import io.parley.transport.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The clock that a test turns by hand, its timers and its queue of tasks. Any thread may schedule and
 * execute; only the thread that turns the network moves the clock and takes what is due.
 */
final class MemoryScheduler implements Scheduler {
    /** 2026-01-01T00:00Z: a fixed instant, so that no test depends on the day it runs. */
    private static final long START_MILLIS = 1_767_225_600_000L;

    private final MemoryNetwork network;
    private final ReentrantLock lock;
    private final PriorityQueue<Timer> timers = // guarded by lock
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(); // guarded by lock
    private long now; // guarded by lock
    private long scheduled; // guarded by lock

    MemoryScheduler(MemoryNetwork network, ReentrantLock networkLock) {
        this.network = network;
        lock = networkLock;
    }

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long epochMillis() {
        return START_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanoTime());
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        lock.lock();
        try {
            Timer timer = new Timer(now + Math.max(0, delay.toNanos()), scheduled++, task);
            timers.add(timer);
            return () -> cancel(timer);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Timer timer) {
        lock.lock();
        try {
            timers.remove(timer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Executor executor() {
        return this::execute;
    }

    private void execute(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
        } finally {
            lock.unlock();
        }
    }

    /** Turns the network, and the clock where it is quiet, until the future is done or the time is over. */
    @Override
    public boolean await(CompletableFuture<?> future, Duration timeout) {
        network.turnUntilDone(future, timeout);
        return future.isDone();
    }

    /** Whether a task waits. Called under the lock. */
    boolean hasTask() {
        return !tasks.isEmpty();
    }

    /** The next task, in the order of their coming. Called under the lock. */
    Runnable takeTask() {
        return tasks.remove();
    }

    /** Whether a timer's time has come. Called under the lock. */
    boolean hasDueTimer() {
        Timer next = timers.peek();
        return next != null && next.due <= now;
    }

    /** The timer that is due first. Called under the lock, after {@link #hasDueTimer()}. */
    Runnable takeTimer() {
        return timers.remove().task;
    }

    /** Moves the clock to the next timer, but not past the end; false when it stood there already. */
    boolean moveTowards(long end) {
        lock.lock();
        try {
            Timer next = timers.peek();
            long target = next == null ? end : Math.min(end, Math.max(now, next.due));
            boolean moved = target != now;
            now = target;
            return moved;
        } finally {
            lock.unlock();
        }
    }

    private record Timer(long due, long number, Runnable task) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }
}
