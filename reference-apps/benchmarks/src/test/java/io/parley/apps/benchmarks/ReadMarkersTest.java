package io.parley.apps.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of the run. */
@Timeout(120)
class ReadMarkersTest {
    private static final int MEMBERS = 6;

    @ParameterizedTest
    @ValueSource(strings = {"parley-nio-accounts", "parley-nio-accounts+full"})
    void allAreReadAndAnswered(String kind) throws Exception {
        try (ServerProcess.Handle server = new ServerProcess.Handle(kind, 1 << 20, 1_000)) {
            assertThat(ReadMarkers.run("short", server, MEMBERS, 100, Duration.ofMillis(50), 1))
                    .isPositive();
        }
    }
}
