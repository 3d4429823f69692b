package io.parley.apps.benchmarks;

import java.util.Arrays;

/** A sample of times: every so manieth, until it is full. One thread. */
final class Latencies {
    private final long[] nanos = new long[1 << 20];
    private final int every;
    private int count;
    private int turn;

    Latencies(int every) {
        this.every = every;
    }

    boolean wants() {
        if (++turn < every || count == nanos.length) {
            return false;
        }
        turn = 0;
        return true;
    }

    void add(long value) {
        nanos[count++] = value;
    }

    void clear() {
        count = 0;
    }

    /** The time below which a share of the sample lies, in milliseconds. */
    double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[(int) Math.min(count - 1, Math.floor(share * count))] / 1e6;
    }
}
