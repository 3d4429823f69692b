package io.parley.model;

import java.time.Duration;
import java.util.Objects;

/** Checks of values that programs set: whatever is wrong fails at the call, with the value in its text. Any thread. */
public final class Checks {
    private static final Duration LONGEST = Duration.ofDays(36_500); // of which nanoseconds fit a long

    private Checks() {}

    /**
     * Checks a time.
     *
     * @param name what it is called
     * @param value the time
     * @return the same
     * @throws IllegalArgumentException if it is zero, negative or longer than 100 years
     */
    public static Duration positive(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is not between 0 and 100 years: " + value);
        }
        return value;
    }

    /**
     * Checks a bound.
     *
     * @param name what it is called
     * @param value the bound
     * @return the same
     * @throws IllegalArgumentException if it is less than 1
     */
    public static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is less than 1: " + value);
        }
        return value;
    }

    /**
     * Checks a bound.
     *
     * @param name what it is called
     * @param value the bound
     * @return the same
     * @throws IllegalArgumentException if it is less than 1
     */
    public static long positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is less than 1: " + value);
        }
        return value;
    }

    /**
     * Checks a time that may be zero or very long.
     *
     * @param name what it is called
     * @param value the time
     * @return the same in milliseconds
     * @throws IllegalArgumentException if it is negative or has more milliseconds than a long holds
     */
    public static long millis(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative()
                || value.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(name + " is negative or too long: " + value);
        }
        return value.toMillis();
    }

    /**
     * Checks a time that may be zero.
     *
     * @param name what it is called
     * @param value the time
     * @return the same
     * @throws IllegalArgumentException if it is negative or longer than 100 years
     */
    public static Duration notNegative(String name, Duration value) {
        return Objects.requireNonNull(value, name).isZero() ? value : positive(name, value);
    }

    /**
     * Checks a number that may be zero.
     *
     * @param name what it is called
     * @param value the number
     * @return the same
     * @throws IllegalArgumentException if it is negative
     */
    public static long notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
        return value;
    }
}
