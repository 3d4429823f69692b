package io.parley.apps.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final int MANY = 200;

    private static double[] sample(long seed, double shift) {
        Random random = new Random(seed);
        return random.doubles(MANY).map(value -> value + shift).toArray();
    }

    @Test
    void aGreaterOneWinsAllPairs() {
        Comparison comparison = Comparison.of(new double[] {5, 6, 7}, new double[] {1, 2});
        assertThat(comparison.share()).isEqualTo(1);
        assertThat(comparison.difference()).isEqualTo(4.5);
        assertThat(comparison.deviations()).isCloseTo(1.732, within(0.001));
    }

    @Test
    void equalOnesAreHalfOfIt() {
        Comparison comparison = Comparison.of(new double[] {3, 3}, new double[] {3, 3, 3});
        assertThat(comparison).isEqualTo(new Comparison(0, 0.5, 0));
    }

    @Test
    void samplesOfOneKindDoNotDiffer() {
        assertThat(Comparison.of(sample(1, 0), sample(2, 0)).deviations()).isBetween(-3.0, 3.0);
    }

    @Test
    void aSmallShiftIsFound() {
        assertThat(Comparison.of(sample(1, 0.2), sample(2, 0)).deviations()).isGreaterThan(4);
        assertThat(Comparison.of(sample(1, 0), sample(2, 0.2)).deviations()).isLessThan(-4);
    }
}
