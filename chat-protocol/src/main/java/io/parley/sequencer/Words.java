package io.parley.sequencer;

import java.util.concurrent.TimeUnit;

/** Parts of sentences for people. No state, for any thread. */
public final class Words {
    private Words() {}

    /**
     * For how long something lasts.
     *
     * @param remainingMillis how long; 0 means for good
     * @return the words, with a blank before them; nothing if for good
     */
    public static String until(long remainingMillis) {
        if (remainingMillis == 0) {
            return "";
        }
        long seconds = up(remainingMillis, TimeUnit.SECONDS.toMillis(1));
        long minutes = up(remainingMillis, TimeUnit.MINUTES.toMillis(1));
        long hours = up(remainingMillis, TimeUnit.HOURS.toMillis(1));
        if (seconds <= 90) {
            return " for " + count(seconds, "second");
        }
        if (minutes <= 90) {
            return " for " + count(minutes, "minute");
        }
        return " for "
                + (hours <= 48 ? count(hours, "hour") : count(up(remainingMillis, TimeUnit.DAYS.toMillis(1)), "day"));
    }

    /**
     * Why, if there is a reason.
     *
     * @param text the reason, or nothing
     * @return the words
     */
    public static String because(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }

    private static long up(long millis, long unit) {
        return millis / unit + (millis % unit == 0 ? 0 : 1);
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
