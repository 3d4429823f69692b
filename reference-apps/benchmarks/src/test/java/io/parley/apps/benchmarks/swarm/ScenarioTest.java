package io.parley.apps.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ScenarioTest {
    @Test
    void eachIsFoundByItsName() {
        assertThat(Scenario.STANDARD).doesNotHaveDuplicates();
        assertThat(Scenario.STANDARD)
                .allSatisfy(one -> assertThat(Scenario.named(one.name())).isSameAs(one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.named("2x2"))
                .withMessageContaining("1x100");
    }

    @Test
    void aClosedOneHasConnectionsInEachRoom() {
        Scenario closed = Scenario.closed("closed", 100, 1_000, 1, 8);
        assertThat(closed.connections()).isEqualTo(100_000);
        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.describe()).isEqualTo("100 rooms of 1,000, 1 sender each, window 8");
    }

    @Test
    void whoIsEverywhereHasOneConnection() {
        assertThat(Scenario.everywhere("everywhere", 100, 10, 4, 8).connections())
                .isEqualTo(10);
    }

    @Test
    void anOpenOneHasTenSendersAtMost() {
        Scenario open = Scenario.open("open", 1, 100, 500);
        assertThat(open.isOpen()).isTrue();
        assertThat(open.senders()).isEqualTo(10);
        assertThat(Scenario.open("few", 1, 3, 500).senders()).isEqualTo(3);
        assertThat(open.describe()).isEqualTo("1 room of 100, 10 senders each, 500 messages a second");
    }
}
