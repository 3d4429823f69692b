package io.parley.apps.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.benchmarks.evidence.Said;
import io.parley.apps.benchmarks.evidence.Tally;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short form of the run. */
@Timeout(120)
class TrialTest {
    @ParameterizedTest
    @CsvSource({"nio, false", "blocking, false", "nio, true"})
    void sessionsSurvive(String transport, boolean tls) throws Exception {
        Duration time = Duration.ofSeconds(5);
        Report report = Trial.run(new Setting(10, 3, time, transport, tls, 4711, null, Duration.ofMillis(1_500)));
        assertThat(report.isClean()).as("%s", report).isTrue();
        assertThat(report.findings().faults().values()).anyMatch(count -> count > 0);
        assertThat(report.findings().events().get(Tally.Event.RESUMED)).isPositive();
        assertThat(report.findings().outcomes().get(Said.Outcome.ACKNOWLEDGED)).isPositive();
        assertThat(report.findings().claimsRight()).isPositive();
        assertThat(report.findings().connectionsLeft()).isZero();
    }
}
