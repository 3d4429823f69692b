package io.parley.apps.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {
    private final Times times = new Times();

    @Test
    void nothingIsNone() {
        assertThat(times.take()).isEqualTo("none");
    }

    @Test
    void thePercentilesAreOfAllOfThem() {
        for (int i = 200; i > 0; i--) {
            times.add(i * 1_000_000L);
        }
        assertThat(times.count()).isEqualTo(200);
        assertThat(times.millis()).startsWith(1, 2, 3).endsWith(199, 200);
        assertThat(times).hasToString("p50 100.00, p95 190.00, p99 198.00, max 200.00 ms of 200");
    }

    @Test
    void oneIsAllPercentiles() {
        times.add(1_500_000);
        assertThat(times).hasToString("p50 1.50, p95 1.50, p99 1.50, max 1.50 ms of 1");
    }

    @Test
    void whatWasTakenIsGone() {
        times.add(1);
        assertThat(times.take()).isNotEqualTo("none");
        assertThat(times.take()).isEqualTo("none");
    }
}
