package io.parley.apps.benchmarks.logins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of the run. */
@Timeout(120)
class LoginFloodTest {
    @Test
    void theOwnerComesInAndTheAttackersDoNot() throws Exception {
        List<String> report = new ArrayList<>();
        try (LoginFlood flood = new LoginFlood(report::add)) {
            assertThat(flood.run(Duration.ofMillis(500), 5, 100, 3, 1)).isTrue();
        }
        // Two are checked at a time: the sixth may be under way when the fifth turns out to be wrong.
        assertThat(String.join("\n", report))
                .contains("the owner without a flood: 5 of 5 logins accepted")
                .contains("the owner during the flood: 5 of 5 logins accepted")
                .containsPattern("random names: .* a second; AUTH_FAILED")
                .containsPattern("wrong passwords: .* a second; AUTH_FAILED [56]; RATE_LIMITED")
                .contains("unknown names: p50")
                .containsPattern("standard deviations from half; AUTH_FAILED 6")
                .containsPattern("ping of a guest meanwhile: p50");
    }
}
