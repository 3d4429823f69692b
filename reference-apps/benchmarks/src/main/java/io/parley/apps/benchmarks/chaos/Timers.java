package io.parley.apps.benchmarks.chaos;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to be done later, by one thread. */
final class Timers {
    private record Timer(long atNanos, long number, Runnable task) {}

    private final PriorityQueue<Timer> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::number));
    private long number;

    void at(long nanos, Runnable task) {
        waiting.add(new Timer(nanos, number++, task));
    }

    /** Runs what is due. */
    void run(long now) {
        for (Timer next = waiting.peek(); next != null && next.atNanos() <= now; next = waiting.peek()) {
            waiting.remove();
            next.task().run();
        }
    }

    /** Milliseconds until the next is due, from 1 to a hundred. */
    long millis(long now) {
        Timer next = waiting.peek();
        return next == null ? 100 : Math.max(1, Math.min(100, (next.atNanos() - now + 999_999) / 1_000_000));
    }
}
