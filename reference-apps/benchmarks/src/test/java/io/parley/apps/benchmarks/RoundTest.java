package io.parley.apps.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.benchmarks.swarm.FakeRoom;
import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.wire.Message;
import io.parley.wire.ServerFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rounds of a server in a process of its own, and of one that does wrong. */
@Timeout(300)
class RoundTest {
    private static final int MESSAGES = 20; // in a round of what is open
    private static final int ENOUGH = 3_000; // deliveries, of which every 32nd is timed
    private static final Duration TIME = Duration.ofMillis(MESSAGES);
    private static final Scenario OPEN = Scenario.open("open", 1, 3, 1_000);

    private static ServerProcess.Handle process;

    @BeforeAll
    static void start() {
        process = new ServerProcess.Handle("floor", 1 << 20, 1_000);
    }

    @AfterAll
    static void end() {
        process.close();
    }

    private static List<? extends ServerFrame> last(List<Message> all) {
        return all.subList(all.size() - 1, all.size());
    }

    /** Two rounds: what one has counted is none of the other's. */
    private static List<Round> twoRounds(FakeRoom.Delivery delivery) throws IOException {
        try (FakeRoom room = new FakeRoom(delivery);
                Swarm swarm = new Swarm(room.address(), "m", OPEN, null)) {
            return List.of(Round.of(process, swarm, TIME), Round.of(process, swarm, TIME));
        }
    }

    /** A round in which some times were taken and the clock of the CPU has gone on, which it does by ticks. */
    private static Round longEnough(ServerProcess.Handle process, Swarm swarm) throws IOException {
        Duration time = Duration.ofMillis(200);
        while (true) {
            long before = swarm.deliveries();
            Round round = Round.of(process, swarm, time);
            assertThat(round.faults()).isZero();
            assertThat(round.skipped()).isZero();
            if (swarm.deliveries() - before >= ENOUGH && round.cpu() > 0 && round.p50() > 0) {
                return round;
            }
            time = time.multipliedBy(2);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // which counts calls
    void oneAtATimeIsOneFrameAWriteAndOneDeliveryARead() throws IOException {
        try (Swarm swarm = new Swarm(process.address(), "m", Scenario.closed("one", 1, 3, 1, 1), null)) {
            swarm.warmUp(TIME);
            Round round = longEnough(process, swarm);
            int frame = Frames.message(1, 1, 1).toBytes().length;
            assertThat(round.perSecond()).isPositive();
            assertThat(round.bytesPerWrite()).isBetween(frame - 5.0, frame + 10.0);
            assertThat(round.deliveriesPerRead()).isBetween(0.8, 1.5);
            assertThat(round.p50()).isLessThanOrEqualTo(round.p99());
            assertThat(round.p999()).isBetween(round.p99(), round.max());
        }
    }

    /** The loop in C delivers the same, and what it uses is seen from outside. */
    @Test
    @EnabledIf("io.parley.apps.benchmarks.peers.NativeFloor#isAvailable")
    void theNativeFloorIsMeasuredAsTheOthersAre() throws IOException {
        try (ServerProcess.Handle floor = new ServerProcess.Handle("floor-c", 1 << 20, 1_000);
                Swarm swarm = new Swarm(floor.address(), "m", Scenario.closed("two", 2, 3, 1, 4), null)) {
            Round round = longEnough(floor, swarm);
            assertThat(round.bytesPerWrite()).isPositive();
            assertThat(round.perSecond()).isPositive();
        }
    }

    @Test
    void aDoubledDeliveryIsAFaultOfItsRound() throws IOException {
        List<Round> rounds = twoRounds(
                (member, all) -> "m1".equals(member) && all.size() == 5 ? List.of(all.get(4), all.get(4)) : last(all));
        assertThat(rounds).extracting(Round::faults).containsExactly(1L, 0L);
        assertThat(rounds).extracting(Round::skipped).containsExactly(0L, 0L);
    }

    @Test
    void aGapIsSkippedInItsRoundAndNoFault() throws IOException {
        List<Round> rounds = twoRounds((member, all) -> "m2".equals(member) && all.size() > MESSAGES
                ? List.of(Frames.gap(FakeRoom.NUMBER, all.size(), all.size()))
                : last(all));
        assertThat(rounds).extracting(Round::skipped).containsExactly(0L, (long) MESSAGES);
        assertThat(rounds).extracting(Round::faults).containsExactly(0L, 0L);
    }

    @Test
    void faultsAreShownAndGapsAreTold() {
        Round clean = new Round(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
        Round wrong = new Round(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 4);
        assertThat(clean.toString()).doesNotContain("FAULTS").doesNotContain("skipped");
        assertThat(wrong.toString()).endsWith("  skipped 3  FAULTS 4");
    }
}
