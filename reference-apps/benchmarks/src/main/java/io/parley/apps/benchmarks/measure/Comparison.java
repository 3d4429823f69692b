package io.parley.apps.benchmarks.measure;

import java.util.Arrays;
import java.util.Locale;

/**
 * Whether two samples differ: the test of Mann and Whitney, by its normal approximation. Immutable, for any thread.
 *
 * @param difference median of the first less that of the second
 * @param share of all pairs, those in which the first is greater; equal ones count half. 0.5 where there is no difference
 * @param deviations how many standard deviations the share is from 0.5; beyond 2 either way, one case in twenty is chance
 */
public record Comparison(double difference, double share, double deviations) {

    /** Compares two samples; neither is empty. */
    public static Comparison of(double[] first, double[] second) {
        double greater = 0;
        for (double one : first) {
            for (double other : second) {
                greater += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        double pairs = (double) first.length * second.length;
        double deviation = Math.sqrt((first.length + second.length + 1) / (12 * pairs));
        double share = greater / pairs;
        double difference = Spread.of(Arrays.stream(first)).median()
                - Spread.of(Arrays.stream(second)).median();
        return new Comparison(difference, share, (share - 0.5) / deviation);
    }

    /** In words, of times in milliseconds. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "medians differ by %+.2f ms; the first is longer in %.1f %% of all pairs, %+.1f standard deviations from half",
                difference,
                100 * share,
                deviations);
    }
}
