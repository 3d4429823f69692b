package io.parley.apps.benchmarks.measure;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The spread of the values of several rounds.
 *
 * @param least the smallest value
 * @param median the median
 * @param greatest the largest value
 */
public record Spread(double least, double median, double greatest) {

    public static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0
                ? new Spread(Double.NaN, Double.NaN, Double.NaN)
                : new Spread(
                        sorted[0],
                        (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2,
                        sorted[sorted.length - 1]);
    }

    /** The median, and the range in brackets. */
    public String text(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "-" + format + ")", median, least, greatest);
    }
}
