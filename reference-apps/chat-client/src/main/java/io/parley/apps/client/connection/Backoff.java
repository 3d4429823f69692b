package io.parley.apps.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The delay before each attempt to reconnect. One thread. */
final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long MOST_MILLIS = 30_000;
    private static final int MOST_DOUBLINGS = 5;

    private final RandomGenerator random;
    private int attempts; // a count

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The next delay: doubled each time, and partly random, so that not all clients reconnect at once.
     *
     * @param askedMillis the delay that the server has asked for, or 0
     */
    Duration next(long askedMillis) {
        long doubled = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(attempts++, MOST_DOUBLINGS));
        long most = Math.max(doubled, Math.min(MOST_MILLIS, askedMillis));
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1) + Math.min(MOST_MILLIS, askedMillis) / 2);
    }

    /** How many delays there were. */
    int attempts() {
        return attempts;
    }
}
