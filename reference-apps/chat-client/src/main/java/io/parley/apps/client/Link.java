package io.parley.apps.client;

import io.parley.client.ChatClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the connection is: measured now and then, and told in a few words. The callbacks' thread alone. */
final class Link {
    private static final long MEASURE_MILLIS = 15_000;
    private static final long LATE_MILLIS = 2_000;

    private @Nullable ChatClient client; // null while there is no connection
    private long again; // when the next attempt comes
    private long asked; // when it was last measured; 0: not yet
    private boolean asking;
    private long lag = -1; // milliseconds

    void up(ChatClient connected) {
        client = connected;
        asked = 0;
        asking = false;
        lag = -1;
    }

    void down(Duration pause, long now) {
        client = null;
        again = now + pause.toMillis();
    }

    boolean isUp() {
        return client != null;
    }

    /** Measures where it is time to; {@code changed} is run when the answer is there. */
    void tick(long now, Runnable changed) {
        ChatClient connected = client;
        if (connected == null || asking || (asked > 0 && now - asked < MEASURE_MILLIS)) {
            return;
        }
        asking = true;
        asked = now;
        connected.ping().whenComplete((time, failed) -> {
            if (connected == client) {
                asking = false;
                lag = time == null ? lag : time.toMillis();
                changed.run();
            }
        });
    }

    String text(long now) {
        if (client == null) {
            return "OFFLINE, again in " + Math.max(0, (again - now + 999) / 1_000) + " s";
        }
        if (asking && now - asked > LATE_MILLIS) {
            return "no answer for " + (now - asked) / 1_000 + " s";
        }
        return lag < 0 ? "online" : lag + " ms";
    }
}
