package io.parley.apps.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static List<FaultPlan.Step> steps(long seed, int client) {
        FaultPlan plan = new FaultPlan(seed, client, 5_000);
        return Stream.generate(plan::next).limit(500).toList();
    }

    @Test
    void theSeedDecides() {
        assertThat(steps(7, 3)).isEqualTo(steps(7, 3)).isNotEqualTo(steps(8, 3)).isNotEqualTo(steps(7, 4));
    }

    @Test
    void clientsAreNotStruckTogether() {
        for (int seed = 0; seed < 20; seed++) {
            int chosen = seed;
            double mean = IntStream.range(0, 100)
                    .mapToLong(client ->
                            new FaultPlan(chosen, client, 5_000).next().afterMillis())
                    .average()
                    .orElse(0);
            assertThat(mean).isBetween(3_500.0, 6_500.0);
        }
    }

    @Test
    void everyFaultComesWithinItsBounds() {
        List<FaultPlan.Step> steps = steps(1, 0);
        Set<Fault> faults = steps.stream().map(FaultPlan.Step::fault).collect(Collectors.toSet());
        assertThat(faults).isEqualTo(EnumSet.allOf(Fault.class));
        assertThat(steps.stream()
                        .mapToLong(FaultPlan.Step::afterMillis)
                        .average()
                        .orElse(0))
                .isBetween(4_500.0, 5_500.0);
        assertThat(steps).allSatisfy(step -> {
            long least = step.fault() == Fault.STALL ? 1_000 : step.fault() == Fault.DELAY ? 50 : 0;
            long most = step.fault() == Fault.STALL ? 5_000 : step.fault() == Fault.DELAY ? 300 : 0;
            assertThat(step.millis()).isBetween(least, most);
        });
    }
}
