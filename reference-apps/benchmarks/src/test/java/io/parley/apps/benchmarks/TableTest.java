package io.parley.apps.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.benchmarks.measure.Spread;
import io.parley.apps.benchmarks.swarm.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Scenario SCENARIO = Scenario.closed("small", 1, 10, 2, 3);

    private final Table table = new Table(List.of("ours", "theirs"));

    /** A round in which figures are multiples of one. */
    private static Round round(double x, long faults) {
        return new Round(1_000 * x, x / 10, 0.75, 0.05, 100 * x, 2 * x, 10 * x, x, 2 * x, 3 * x, 4 * x, 99, faults);
    }

    @BeforeEach
    void threeTurns() {
        table.add(Map.of("ours", round(1, 0), "theirs", round(2, 5)));
        table.discard();
        table.add(Map.of("theirs", round(2, 6), "ours", round(4, 0)));
        table.add(Map.of("ours", round(3, 0), "theirs", round(1, 0)));
    }

    /** The ratio of the medians would be 1.5. */
    @Test
    void ratiosAreOfTheSameTurn() {
        assertThat(table.ratio("ours", "theirs", Round::p50)).isEqualTo(new Spread(0.5, 2, 3));
        assertThat(table.ratio("theirs", "ours", Round::p50).median()).isEqualTo(0.5);
        assertThat(table.ratio("ours", "ours", Round::p50)).isEqualTo(new Spread(1, 1, 1));
    }

    @Test
    void eachServerHasItsOwnFigures() {
        assertThat(table.spread("ours", Round::perSecond)).isEqualTo(new Spread(1_000, 3_000, 4_000));
        assertThat(table.spread("theirs", Round::perSecond)).isEqualTo(new Spread(1_000, 2_000, 2_000));
    }

    @Test
    void aRowKnownByHand() {
        List<String> lines = table.markdown(SCENARIO).lines().toList();
        assertThat(lines)
                .contains("**small** (1 room of 10, 2 senders each, window 3), 3 rounds, 1 thrown away")
                .contains("| ours | 3,000 | 0.3000 (0.1000-0.4000) | 1.00 (1.00-1.00) | 300 | 6.0 | 30 | 3.000 | 6.000"
                        + " | 9.000 | 16.0 | 1.00 (1.00-1.00), 1.00 (1.00-1.00) | 0 |")
                .contains(
                        "| theirs | 2,000 | 0.2000 (0.1000-0.2000) | 2.00 (0.50-3.00) | 200 | 4.0 | 20 | 2.000 | 4.000"
                                + " | 6.000 | 8.0 | 2.00 (0.50-3.00), 2.00 (0.50-3.00) | 11 |");
    }

    @Test
    void allRowsAreAsWide() {
        List<String> rows = table.markdown(SCENARIO)
                .lines()
                .filter(line -> line.startsWith("|"))
                .toList();
        assertThat(rows).hasSize(4);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.chars().filter(c -> c == '|')).hasSize(14));
    }

    @Test
    void theFileHasALineForEachServerAndRound() {
        StringWriter text = new StringWriter();
        table.csv(SCENARIO, new PrintWriter(text));
        List<String> lines = text.toString().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .isEqualTo("small,1,ours,1000,0.10000,0.750,0.050,100.0,2.00,10.0,1.0000,2.0000,3.0000,4.0000,0");
        assertThat(lines.get(3))
                .isEqualTo("small,2,theirs,2000,0.20000,0.750,0.050,200.0,4.00,20.0,2.0000,4.0000,6.0000,8.0000,6");
        int columns = Table.CSV_HEADER.split(",", -1).length;
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(columns));
    }
}
