package io.parley.apps.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.benchmarks.Frames;
import io.parley.wire.Message;
import io.parley.wire.Ping;
import io.parley.wire.ServerFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a swarm says of servers that do wrong, over sockets. Those whom it happens to say nothing themselves. */
@Timeout(60)
class SwarmFaultsTest {
    private static final Scenario FOUR = Scenario.closed("four", 1, 4, 1, 4);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int ENOUGH = 20; // messages, so that all faults are among them

    private long said;
    private long deliveries;
    private long skipped;
    private long disorder;
    private long missing;
    private long faults;

    private static List<Message> last(List<Message> all) {
        return all.subList(all.size() - 1, all.size());
    }

    private static List<Message> lose(List<Message> all) {
        return all.size() == 5 ? List.of() : last(all);
    }

    private static List<Message> twice(List<Message> all) {
        return all.size() == 7 ? List.of(all.get(6), all.get(6)) : last(all);
    }

    private static List<Message> swap(List<Message> all) {
        return switch (all.size()) {
            case 9 -> List.of();
            case 10 -> List.of(all.get(9), all.get(8));
            default -> last(all);
        };
    }

    private static List<? extends ServerFrame> skip(List<Message> all) {
        return switch (all.size()) {
            case 11, 12, 13 -> List.of();
            case 14 -> List.of(Frames.gap(FakeRoom.NUMBER, 11, 13), all.get(13));
            default -> last(all);
        };
    }

    /** Has four talk, until whatever will come has come. */
    private void talk(FakeRoom.Delivery delivery) throws IOException, InterruptedException {
        try (FakeRoom room = new FakeRoom(delivery);
                Swarm swarm = new Swarm(room.address(), "m", FOUR, null)) {
            while (swarm.said() < ENOUGH) {
                swarm.talk(Duration.ofMillis(5));
            }
            said = room.said(swarm.said()).size();
            room.send(new Ping(0)); // behind all that it sends
            assertThat(swarm.await(() -> swarm.pings() == FOUR.connections(), LONG))
                    .isTrue();
            deliveries = swarm.deliveries();
            skipped = swarm.skipped();
            disorder = swarm.disorder();
            missing = swarm.missing();
            faults = swarm.newFaults();
            assertThat(swarm.said()).isEqualTo(said);
            assertThat(swarm.newFaults()).as("told once").isZero();
            assertThat(swarm.settle(missing == 0 ? LONG : Duration.ZERO)).isEqualTo(missing == 0);
        }
    }

    @Test
    void nothingIsWrongWithAServerThatDoesNothingWrong() throws Exception {
        talk((member, all) -> last(all));
        assertThat(faults).isZero();
        assertThat(skipped).isZero();
        assertThat(deliveries).isEqualTo(4 * said);
    }

    @Test
    void oneIsLost() throws Exception {
        talk((member, all) -> "m2".equals(member) ? lose(all) : last(all));
        assertThat(missing).isEqualTo(1);
        assertThat(faults).isEqualTo(1);
        assertThat(skipped).isZero();
        assertThat(deliveries).isEqualTo(4 * said - 1);
    }

    @Test
    void theFirstIsLost() throws Exception {
        talk((member, all) -> "m1".equals(member) && all.size() == 1 ? List.of() : last(all));
        assertThat(missing).isEqualTo(1);
        assertThat(faults).isEqualTo(1);
    }

    @Test
    void oneIsDoubled() throws Exception {
        talk((member, all) -> "m3".equals(member) ? twice(all) : last(all));
        assertThat(disorder).isEqualTo(1);
        assertThat(faults).isEqualTo(1);
        assertThat(deliveries).isEqualTo(4 * said + 1);
    }

    @Test
    void twoAreSwapped() throws Exception {
        talk((member, all) -> "m1".equals(member) ? swap(all) : last(all));
        assertThat(disorder).isEqualTo(1);
        assertThat(faults).isEqualTo(1);
        assertThat(deliveries).isEqualTo(4 * said);
    }

    @Test
    void aGapIsNoFault() throws Exception {
        talk((member, all) -> "m2".equals(member) ? skip(all) : last(all));
        assertThat(skipped).isEqualTo(3);
        assertThat(faults).isZero();
        assertThat(deliveries).isEqualTo(4 * said - 3);
    }

    @Test
    void whatOneGetsTwiceDoesNotMakeUpForWhatAnotherLost() throws Exception {
        talk((member, all) -> switch (member) {
            case "m1" -> lose(all);
            case "m2" -> skip(all);
            case "m3" -> twice(all);
            default -> last(all);
        });
        assertThat(missing).isEqualTo(1);
        assertThat(disorder).isEqualTo(1);
        assertThat(skipped).isEqualTo(3);
        assertThat(faults).isEqualTo(2);
    }
}
