package io.parley.apps.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesUpToHalfAMinuteAndVaries() {
        Backoff backoff = new Backoff(new Random(7));
        long[] most = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (long limit : most) {
            assertThat(backoff.next(0)).isBetween(Duration.ofMillis(limit / 2), Duration.ofMillis(limit));
        }
        assertThat(backoff.next(0)).isNotEqualTo(backoff.next(0));
        assertThat(backoff.attempts()).isEqualTo(most.length + 2);
    }

    @Test
    void comesNoSoonerThanTheServerAsks() {
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            assertThat(new Backoff(random).next(5_000)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(7_500));
        }
        assertThat(new Backoff(random).next(Long.MAX_VALUE)).isLessThan(Duration.ofMinutes(1));
    }
}
