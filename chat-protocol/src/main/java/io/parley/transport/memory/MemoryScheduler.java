package io.parley.transport.memory;

import io.parley.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs all that happens on a network: steps of connections, tasks and timers. The seed chooses what runs next. Any
 * thread may schedule, execute and wake; one thread at a time runs.
 */
final class MemoryScheduler implements Scheduler {
    /** Something that has steps to run: a connection. */
    interface StepSource {
        /** Returns the next step, or null if there is none now. Called under the lock; the step runs without it. */
        @Nullable
        Runnable nextStep();

        /** Ends the source because its step threw. Called without the lock. */
        void stepFailed(Throwable thrown);
    }

    private static final Logger LOG = System.getLogger("io.parley.transport.memory");
    private static final long START_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00Z
    private static final int[] SMALL_SIZES = {4, 64, 2048};

    /** The network's one lock. It guards the scheduler, the links and the connections. */
    final Object lock = new Object();

    final Random random; // lock
    private final long maxSteps;
    private final List<StepSource> ready = new ArrayList<>(); // lock
    private final Set<StepSource> readySet = new HashSet<>(); // lock; the same sources
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(); // lock
    private final TreeSet<Timer> timers = // lock
            new TreeSet<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>(); // null between runs
    private long now; // lock; nanoseconds
    private long nextTimer; // lock

    MemoryScheduler(long seed, long maxSteps) {
        random = new Random(seed);
        this.maxSteps = maxSteps;
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public long epochMillis() {
        return START_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanoTime());
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        synchronized (lock) {
            Timer timer = new Timer(now + Math.max(0, delay.toNanos()), nextTimer++, task);
            timers.add(timer);
            return () -> {
                synchronized (lock) {
                    timers.remove(timer);
                }
            };
        }
    }

    @Override
    public Executor executor() {
        return task -> {
            synchronized (lock) {
                tasks.add(task);
            }
        };
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration timeout) {
        run(timeout, future::isDone);
        return future.isDone();
    }

    /** Says that the source may have a step to run. Any thread may call it, with the lock or without. */
    void wake(StepSource source) {
        synchronized (lock) {
            if (readySet.add(source)) {
                ready.add(source);
            }
        }
    }

    /** Chooses a number from 1 to a maximum, often a small one and often the maximum. Called under the lock. */
    int chooseSize(int max) {
        int kind = random.nextInt(8);
        int bound = kind < SMALL_SIZES.length ? SMALL_SIZES[kind] : max;
        return bound >= max ? max : 1 + random.nextInt(bound);
    }

    /** Runs until idle, moves the clock to the next timer, and so on, until done or until the time has passed. */
    void run(Duration duration, BooleanSupplier done) {
        enter();
        try {
            long end = nanoTime() + duration.toNanos();
            long steps = 0; // since the clock moved
            while (!done.getAsBoolean()) {
                Object ran = runNext();
                if (ran == null && !moveClock(end)) {
                    return;
                }
                steps = ran == null ? 0 : steps + 1;
                if (steps == maxSteps) {
                    throw new IllegalStateException("not idle after " + maxSteps + " steps; the last was " + ran);
                }
            }
        } finally {
            runner.set(null);
        }
    }

    /** Runs one step; false if there is none. */
    boolean step() {
        enter();
        try {
            return runNext() != null;
        } finally {
            runner.set(null);
        }
    }

    private void enter() {
        Thread other = runner.compareAndExchange(null, Thread.currentThread());
        if (other != null) {
            throw new IllegalStateException("the network is already running, on " + other);
        }
    }

    /** Runs a step of a ready source, the first task or the first due timer; returns it, or null if there is none. */
    private @Nullable Object runNext() {
        StepSource source = null;
        Runnable step = null;
        synchronized (lock) {
            while (step == null) {
                int firstTimer = ready.size() + (tasks.isEmpty() ? 0 : 1);
                int choices = firstTimer + (!timers.isEmpty() && timers.first().due <= now ? 1 : 0);
                if (choices == 0) {
                    return null;
                }
                int choice = random.nextInt(choices);
                if (choice < ready.size()) {
                    Collections.swap(ready, choice, ready.size() - 1);
                    source = ready.remove(ready.size() - 1);
                    readySet.remove(source);
                    step = source.nextStep();
                } else {
                    source = null;
                    step = choice < firstTimer ? tasks.remove() : timers.pollFirst().task;
                }
            }
        }
        try {
            step.run();
        } catch (Throwable thrown) {
            if (source == null) {
                report(step, thrown);
            } else {
                source.stepFailed(thrown);
            }
        }
        if (source == null) {
            return step;
        }
        wake(source);
        return source;
    }

    /** Moves the clock to the next timer, but not past the end; false if it was there already. */
    private boolean moveClock(long end) {
        synchronized (lock) {
            long before = now;
            now = timers.isEmpty() ? end : Math.min(end, Math.max(now, timers.first().due));
            return now != before;
        }
    }

    /** Logs what a callback threw. Called without the lock. */
    static void report(Object callback, Throwable thrown) {
        LOG.log(Level.WARNING, "a callback threw: " + callback.getClass().getName(), thrown);
    }

    private record Timer(long due, long number, Runnable task) {}
}
