package io.parley.apps.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KillPlanTest {
    private static List<KillPlan.Kill> kills(long seed, int count) {
        return Stream.generate(new KillPlan(seed)::next).limit(count).toList();
    }

    @Test
    void theSeedDecides() {
        assertThat(kills(7, 100)).isEqualTo(kills(7, 100)).isNotEqualTo(kills(8, 100));
    }

    @Test
    void everyPointHasItsShare() {
        Map<Point, Integer> times = new EnumMap<>(Point.class);
        kills(1, 140).forEach(kill -> times.merge(kill.point(), 1, Integer::sum));
        assertThat(times).containsOnlyKeys(Point.values());
        assertThat(times.get(Point.AFTER_COMMIT_BEFORE_ACK)).isEqualTo(50);
        assertThat(times.values()).allMatch(count -> count >= 10);
    }

    @Test
    void aCallHasANumberFromOne() {
        assertThat(kills(1, 140)).allMatch(kill -> kill.call() >= 1 && kill.upMillis() >= 0);
    }
}
