package io.parley.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of states of a memory connection. */
class ConnectionStateTest {
    private static final Set<String> LEGAL = Set.of(
            "CONNECTING OPENING",
            "CONNECTING ENDING",
            "OPENING OPEN",
            "OPENING CLOSING",
            "OPENING ENDING",
            "OPEN CLOSING",
            "OPEN ENDING",
            "CLOSING HALF_CLOSED",
            "CLOSING ENDING",
            "HALF_CLOSED ENDING",
            "ENDING CLOSED");

    static Stream<Arguments> pairs() {
        return Arrays.stream(ConnectionState.values())
                .flatMap(from -> Arrays.stream(ConnectionState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void goesWhereTheTableSaysAndNowhereElse(ConnectionState from, ConnectionState to) {
        if (LEGAL.contains(from + " " + to)) {
            assertThat(from.canBecome(to)).isTrue();
            assertThat(from.to(to)).isEqualTo(to);
        } else {
            assertThat(from.canBecome(to)).isFalse();
            assertThatThrownBy(() -> from.to(to))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(from.name())
                    .hasMessageContaining(to.name());
        }
    }
}
