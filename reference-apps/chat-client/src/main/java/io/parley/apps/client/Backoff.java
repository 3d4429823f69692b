package io.parley.apps.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a lost connection is tried again. One thread. */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long MOST_MILLIS = 30_000;
    private static final int MOST_DOUBLINGS = 5;

    private final RandomGenerator random;
    private int attempts; // the one thread

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The next wait: doubled each time, and never quite the same, so that not everybody comes back at once.
     *
     * @param askedMillis what the server has asked for; 0 if it has not
     */
    Duration next(long askedMillis) {
        long doubled = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(attempts++, MOST_DOUBLINGS));
        long most = Math.max(doubled, Math.min(MOST_MILLIS, askedMillis));
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1) + Math.min(MOST_MILLIS, askedMillis) / 2);
    }

    /** How often this was asked. */
    int attempts() {
        return attempts;
    }
}
