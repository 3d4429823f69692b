package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a room stays in use: every pair of states. */
class RoomLifeTableTest {

    @ParameterizedTest
    @EnumSource(RoomLife.class)
    void onlySomeStatesFollow(RoomLife from) {
        List<RoomLife> next = switch (from) {
            case OPEN -> List.of(RoomLife.PINNED, RoomLife.ENDING, RoomLife.CLOSED);
            case PINNED -> List.of(RoomLife.ENDING);
            case ENDING -> List.of(RoomLife.ENDED);
            case CLOSED, ENDED -> List.of();
        };
        for (RoomLife to : RoomLife.values()) {
            if (next.contains(to)) {
                assertThat(from.become(to)).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> from.become(to)).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(from.isOver()).isEqualTo(next.isEmpty());
    }
}
