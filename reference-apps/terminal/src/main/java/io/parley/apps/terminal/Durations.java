package io.parley.apps.terminal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people type them, 30s, 10m, 2h, 7d, and as they read them. Any thread may call it. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private Durations() {}

    /** The error message for anything else. */
    public static String invalid(String word) {
        return "'" + word + "' is no time; write 30s, 10m, 2h or 7d";
    }

    /** The text of a duration, in the largest unit of which it is a whole number: 10 minutes, 1 day. */
    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return count(seconds / 86_400, "day");
        }
        if (seconds % 3_600 == 0) {
            return count(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 ? count(seconds / 60, "minute") : count(seconds, "second");
    }

    /** The text of a time that is still to pass, rounded up to what says enough. */
    public static String remaining(Duration duration) {
        long seconds = duration.plusMillis(999).toSeconds();
        if (seconds <= 90) {
            return count(seconds, "second");
        }
        if (seconds <= 90 * 60) {
            return count((seconds + 59) / 60, "minute");
        }
        long hours = (seconds + 3_599) / 3_600;
        return hours <= 48 ? count(hours, "hour") : count((hours + 23) / 24, "day");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /** The duration, or null if the word is none. */
    public static @Nullable Duration parse(String word) {
        Matcher found = FORM.matcher(word);
        if (!found.matches()) {
            return null;
        }
        long count = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
