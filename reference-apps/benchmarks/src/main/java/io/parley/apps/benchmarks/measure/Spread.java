package io.parley.apps.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Where the values of several rounds lie.
 *
 * @param least the least
 * @param median the one in the middle, or halfway between the two
 * @param greatest the greatest
 */
record Spread(double least, double median, double greatest) {

    static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0
                ? new Spread(Double.NaN, Double.NaN, Double.NaN)
                : new Spread(
                        sorted[0],
                        (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2,
                        sorted[sorted.length - 1]);
    }

    /** The median, and the range in brackets. */
    String text(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "-" + format + ")", median, least, greatest);
    }
}
