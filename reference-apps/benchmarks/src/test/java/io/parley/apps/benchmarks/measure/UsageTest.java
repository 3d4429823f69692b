package io.parley.apps.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void aLineSaysAllOfIt() {
        Usage usage = new Usage(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(usage.line())
                .isEqualTo(
                        LongStream.rangeClosed(1, 10).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        assertThat(Usage.parse(usage.line())).isEqualTo(usage);
    }

    @Test
    void aProcessKnowsWhatItUses() {
        Usage before = Usage.now(12);
        Usage after = Usage.now(0);
        assertThat(before.windowBytes()).isEqualTo(12);
        assertThat(before.cpuNanos()).isPositive();
        assertThat(after.cpuNanos()).isGreaterThanOrEqualTo(before.cpuNanos());
        assertThat(before.allocatedBytes()).isPositive();
        assertThat(before.heapBytes()).isPositive();
    }
}
