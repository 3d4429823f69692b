package io.parley.apps.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "30s, 30 seconds",
        "61s, 61 seconds",
        "60s, 1 minute",
        "10m, 10 minutes",
        "90m, 90 minutes",
        "60m, 1 hour",
        "36h, 36 hours",
        "24h, 1 day",
        "7d, 7 days"
    })
    void aTimeInWords(String typed, String words) {
        assertThat(Durations.format(Durations.parse(typed))).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "0m", "10", "10w", "-1m", "1000000s"})
    void isNoTime(String typed) {
        assertThat(Durations.parse(typed)).isNull();
    }
}
