package io.parley.apps.client.screen;

import io.parley.client.ChatClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures the connection, and describes it in a few words. The callback thread only. */
final class ConnectionStatus {
    private static final long MEASURE_MILLIS = 15_000;
    private static final long LATE_MILLIS = 2_000;

    private @Nullable ChatClient client; // null while there is no connection
    private long nextAttempt; // when
    private long pingedAt; // when the last ping was sent; 0: none yet
    private boolean pinging;
    private boolean late;
    private long roundTrip = -1; // milliseconds

    void up(ChatClient connected) {
        client = connected;
        pingedAt = 0;
        pinging = false;
        late = false;
        roundTrip = -1;
    }

    void down(Duration delay, long now) {
        client = null;
        nextAttempt = now + delay.toMillis();
    }

    boolean isUp() {
        return client != null;
    }

    /** Whether the server has not answered for some time. */
    boolean isLate() {
        return late;
    }

    /** Sends a ping if one is due; runs {@code changed} when the answer comes. */
    void tick(long now, Runnable changed) {
        ChatClient connected = client;
        late = pinging && now - pingedAt > LATE_MILLIS;
        if (connected == null || pinging || (pingedAt > 0 && now - pingedAt < MEASURE_MILLIS)) {
            return;
        }
        pinging = true;
        pingedAt = now;
        connected.ping().whenComplete((time, failed) -> {
            if (connected == client) {
                pinging = false;
                late = false;
                roundTrip = time == null ? roundTrip : time.toMillis();
                changed.run();
            }
        });
    }

    String text(long now) {
        if (client == null) {
            return "OFFLINE, again in " + Math.max(0, (nextAttempt - now + 999) / 1_000) + " s";
        }
        if (pinging && now - pingedAt > LATE_MILLIS) {
            return "no answer for " + (now - pingedAt) / 1_000 + " s";
        }
        return roundTrip < 0 ? "online" : roundTrip + " ms";
    }
}
