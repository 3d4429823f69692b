package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a peer has to wait. */
class FrameMeterTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FrameMeter meter = new FrameMeter(ServerOptions.DEFAULT.withFrameRate(100, 10), 0);

    @Test
    void framesAndWholeKibibytesAreTakenOff() {
        assertThat(meter.take(0, 10, 1_023)).isZero();
        assertThat(meter.take(0, 1, 2_048)).isEqualTo(SECOND * 3 / 100);
        assertThat(meter.take(SECOND, 10, 0)).isZero();
        assertThat(meter.take(SECOND, 1, 0)).isEqualTo(SECOND / 100);
    }

    @Test
    void nobodyWaitsForLongerThanTheWriteTimeout() {
        long longest = ServerOptions.DEFAULT.writeTimeout().toNanos();
        assertThat(meter.take(0, 16_384, 0)).isEqualTo(longest);
        assertThat(meter.take(0, 1, 5L << 30)).isEqualTo(longest);
        assertThat(meter.take(longest, 1, 0)).isEqualTo(SECOND / 100);
    }
}
