package io.parley.apps.server.operator;

import static io.parley.apps.server.operator.Words.after;
import static io.parley.apps.server.operator.Words.first;

import io.parley.apps.terminal.Durations;
import java.time.Duration;

/**
 * For how long a restriction is to last, and why. Immutable, for any thread.
 *
 * @param duration zero if it lasts until it is lifted
 * @param reason empty if none was given
 */
record Term(Duration duration, String reason) {

    /**
     * Reads a time and a reason; either may be left out.
     *
     * @throws IllegalArgumentException if it begins with a digit and with no time
     */
    static Term of(String text) {
        String time = first(text);
        Duration duration = Durations.parse(time);
        if (duration != null) {
            return new Term(duration, after(1, text));
        }
        if (!time.isEmpty() && Character.isDigit(time.charAt(0))) {
            throw new IllegalArgumentException(Durations.invalid(time));
        }
        return new Term(Duration.ZERO, text);
    }

    /** The duration, to be put after what was done. */
    String text() {
        return duration.isZero() ? ", until it is lifted" : " for " + Durations.format(duration);
    }
}
