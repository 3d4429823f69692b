package io.parley.apps.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a swarm says something, and how long it thinks that was under way. */
@Timeout(60)
class SwarmTalkTest {
    private static final Duration A_WHILE = Duration.ofMillis(20);

    @Test
    void aClosedLoopNeverHasMoreUnderWayThanTheWindow() throws Exception {
        Scenario scenario = Scenario.closed("held up", 1, 3, 2, 4);
        try (FakeRoom room = new FakeRoom((member, all) -> List.of());
                Swarm swarm = new Swarm(room.address(), "m", scenario, null)) {
            while (swarm.said() < 8) {
                swarm.talk(A_WHILE);
            }
            swarm.talk(A_WHILE);
            assertThat(swarm.said()).as("2 senders, window 4").isEqualTo(8);
            assertThat(room.said(8).stream()
                            .collect(Collectors.groupingBy(
                                    message -> message.author().name(), Collectors.counting())))
                    .containsOnly(Map.entry("m0", 4L), Map.entry("m1", 4L));
            for (int back = 1; back <= 20; back++) {
                room.send(room.said(back).get(back - 1));
                while (swarm.said() < 8 + back) {
                    swarm.talk(Duration.ofMillis(1));
                }
                swarm.talk(Duration.ofMillis(1));
                assertThat(swarm.said()).as("%d have come back", back).isEqualTo(8 + back);
            }
        }
    }

    @Test
    void aClosedLoopTakesEvery32ndTime() throws Exception {
        Scenario scenario = Scenario.closed("sampled", 1, 3, 1, 4);
        try (FakeRoom room = new FakeRoom((member, all) -> all.subList(all.size() - 1, all.size()));
                Swarm swarm = new Swarm(room.address(), "m", scenario, null)) {
            while (swarm.deliveries() < 100) {
                swarm.talk(A_WHILE);
            }
            assertThat(swarm.latencies().getTotalCount()).isEqualTo(swarm.deliveries() / 32);
            long taken = swarm.latencies().getTotalCount();
            swarm.warmUp(A_WHILE);
            assertThat(swarm.missing()).isZero();
            assertThat(swarm.latencies().getTotalCount())
                    .as("none of warming up")
                    .isEqualTo(taken);
        }
    }

    /**
     * A thousand messages are due within a microsecond, so that nearly all leave late, and none is delivered before all
     * have come.
     */
    @Test
    void anOpenLoopHidesNoDelay() throws Exception {
        int messages = 1_000;
        Scenario scenario = Scenario.open("late", 1, 3, 1_000_000_000);
        try (FakeRoom room = new FakeRoom((member, all) -> all.size() == messages ? all : List.of());
                Swarm swarm = new Swarm(room.address(), "m", scenario, null)) {
            swarm.talk(Duration.ofNanos(messages));
            assertThat(swarm.said()).as("without waiting for any to come back").isEqualTo(messages);

            long[] due = room.said(messages).stream()
                    .mapToLong(message -> Long.parseUnsignedLong(message.body().substring(0, Speech.TIME_DIGITS), 16))
                    .sorted()
                    .toArray();
            assertThat(due)
                    .as("when they were due, not when they left")
                    .isEqualTo(LongStream.range(due[0], due[0] + messages).toArray());

            Histogram latencies = swarm.latencies();
            assertThat(latencies.getTotalCount()).as("none is left out").isEqualTo(3L * messages);
            long delay = room.lastNanoTime() - due[messages - 1];
            assertThat(delay).isPositive();
            assertThat(latencies.getMinValue()).isGreaterThan(delay - delay / 100);
        }
    }

    @Test
    void theSendersOfAnOpenLoopTakeTurns() throws Exception {
        Scenario scenario = Scenario.open("in turn", 1, 3, 1_000_000_000);
        try (FakeRoom room = new FakeRoom((member, all) -> all.subList(all.size() - 1, all.size()));
                Swarm swarm = new Swarm(room.address(), "m", scenario, null)) {
            swarm.talk(Duration.ofNanos(10));
            assertThat(room.said(10).stream()
                            .collect(Collectors.groupingBy(
                                    message -> message.author().name(), Collectors.counting())))
                    .containsOnly(Map.entry("m0", 4L), Map.entry("m1", 3L), Map.entry("m2", 3L));
        }
    }
}
