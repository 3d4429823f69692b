package io.parley.apps.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void ofAnOddNumberTheMedianIsTheOneInTheMiddle() {
        assertThat(Spread.of(DoubleStream.of(9, 1, 5, 2, 8))).isEqualTo(new Spread(1, 5, 9));
    }

    @Test
    void ofAnEvenNumberItIsHalfwayBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(DoubleStream.of(9, 1, 5, 2))).isEqualTo(new Spread(1, 3.5, 9));
        assertThat(Spread.of(DoubleStream.of(4, 2))).isEqualTo(new Spread(2, 3, 4));
    }

    @Test
    void oneIsAllThree() {
        assertThat(Spread.of(DoubleStream.of(7))).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void nothingIsNoNumber() {
        assertThat(Spread.of(DoubleStream.empty())).isEqualTo(new Spread(Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void theTextIsTheMedianAndTheRange() {
        assertThat(new Spread(0.5, 1.25, 2_000).text("%.2f")).isEqualTo("1.25 (0.50-2000.00)");
    }
}
