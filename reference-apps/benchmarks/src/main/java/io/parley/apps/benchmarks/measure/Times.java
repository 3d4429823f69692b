package io.parley.apps.benchmarks.measure;

import java.util.Arrays;
import java.util.Locale;

/** Durations that were measured, for percentiles. Any thread. */
public final class Times {
    private static final double NANOS = 1e6; // of a millisecond

    private long[] nanos = new long[64]; // guarded by this
    private int count; // guarded by this

    public synchronized void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    public synchronized int count() {
        return count;
    }

    /** All of them in milliseconds, the shortest first. */
    public synchronized double[] millis() {
        return Arrays.stream(nanos, 0, count)
                .sorted()
                .mapToDouble(n -> n / NANOS)
                .toArray();
    }

    /** Removes all of them and gives them in words. */
    public synchronized String take() {
        String text = toString();
        count = 0;
        return text;
    }

    /** The smallest that at least a share of all do not exceed. */
    private static double percentile(double[] sorted, double percent) {
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    /** In words. */
    @Override
    public String toString() {
        double[] all = millis();
        return all.length == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "p50 %.2f, p95 %.2f, p99 %.2f, max %.2f ms of %,d",
                        percentile(all, 50),
                        percentile(all, 95),
                        percentile(all, 99),
                        percentile(all, 100),
                        all.length);
    }
}
