package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a peer has to wait. */
class RateMeterTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RateMeter meter = new RateMeter(
            GatewayOptions.DEFAULT.toBuilder()
                    .requestsPerSecond(100)
                    .burstRequests(10)
                    .build(),
            0);

    @Test
    void whatIsOverTheBurstHasToWait() {
        assertThat(meter.take(0, 10)).isZero();
        assertThat(meter.take(0, 3)).isEqualTo(SECOND * 3 / 100);
        assertThat(meter.take(SECOND, 10)).isZero();
        assertThat(meter.take(SECOND, 1)).isEqualTo(SECOND / 100);
    }

    @Test
    void nobodyWaitsForLongerThanTheWriteTimeout() {
        long longest = GatewayOptions.DEFAULT.writeTimeout().toNanos();
        assertThat(meter.take(0, 16_384)).isEqualTo(longest);
        assertThat(meter.take(0, 5L << 20)).isEqualTo(longest);
        assertThat(meter.take(longest, 1)).isEqualTo(SECOND / 100);
    }
}
