package io.parley.apps.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.parley.apps.benchmarks.swarm.FakeRoom;
import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.model.ErrorCode;
import io.parley.wire.Failed;
import io.parley.wire.Ping;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a contender while others have their turn. */
@Timeout(60)
class ContenderTest {
    private static final Scenario THREE = Scenario.closed("three", 1, 3, 1, 1);

    private FakeRoom room;
    private Swarm swarm;
    private Contender contender;

    @BeforeEach
    void start() throws IOException {
        room = new FakeRoom((member, all) -> List.of(all.get(all.size() - 1)));
        swarm = new Swarm(room.address(), "m", THREE, null);
        contender = new Contender("fake", new ServerProcess.Handle("floor", 1 << 20, 1_000), swarm);
    }

    @AfterEach
    void end() throws Exception {
        contender.close();
        room.close();
    }

    @Test
    void whoWaitsAnswersPings() throws Exception {
        room.send(new Ping(0));
        while (swarm.pings() < THREE.connections()) {
            contender.attend();
        }
        assertThat(contender.round(Duration.ofMillis(50)).faults()).isZero();
    }

    @Test
    void whyTheServerEndedAConnectionThatWaitedIsSaid() throws Exception {
        room.send(new Failed(0, ErrorCode.IDLE, "nothing was heard", 0));
        contender.attend(); // on loopback it is there when it is sent
        assertThatIOException()
                .isThrownBy(() -> contender.round(Duration.ofMillis(1)))
                .withStackTraceContaining("IDLE");
    }
}
