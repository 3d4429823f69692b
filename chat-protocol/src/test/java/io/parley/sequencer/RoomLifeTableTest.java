package io.parley.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a room stays in use: every pair of states. */
class RoomLifeTableTest {

    @ParameterizedTest
    @EnumSource(RoomFacts.Life.class)
    void onlySomeStatesFollow(RoomFacts.Life from) {
        List<RoomFacts.Life> next = switch (from) {
            case OPEN ->
                List.of(
                        RoomFacts.Life.PINNED,
                        RoomFacts.Life.CLOSING,
                        RoomFacts.Life.ENDING,
                        RoomFacts.Life.CLOSED,
                        RoomFacts.Life.ENDED);
            case PINNED -> List.of(RoomFacts.Life.OPEN, RoomFacts.Life.CLOSING, RoomFacts.Life.ENDING);
            case CLOSING -> List.of(RoomFacts.Life.ENDING, RoomFacts.Life.CLOSED, RoomFacts.Life.ENDED);
            case ENDING -> List.of(RoomFacts.Life.ENDED);
            case CLOSED, ENDED -> List.of();
        };
        for (RoomFacts.Life to : RoomFacts.Life.values()) {
            if (next.contains(to)) {
                assertThat(from.become(to)).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> from.become(to)).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(from.isOver()).isEqualTo(next.isEmpty());
        assertThat(from.isOpen()).isEqualTo(next.contains(RoomFacts.Life.CLOSING));
    }
}
