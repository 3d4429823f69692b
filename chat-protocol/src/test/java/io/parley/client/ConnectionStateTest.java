package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far a client's connection has come: every pair of states. */
class ConnectionStateTest {

    @ParameterizedTest
    @EnumSource(ConnectionState.class)
    void statesGoForwardsOnly(ConnectionState from) {
        List<ConnectionState> next = switch (from) {
            case CONNECTING -> List.of(ConnectionState.GREETING, ConnectionState.CLOSING, ConnectionState.CLOSED);
            case GREETING -> List.of(ConnectionState.OPEN, ConnectionState.CLOSING, ConnectionState.CLOSED);
            case OPEN -> List.of(ConnectionState.CLOSING, ConnectionState.CLOSED);
            case CLOSING -> List.of(ConnectionState.CLOSED);
            case CLOSED -> List.of();
        };
        assertThat(Arrays.stream(ConnectionState.values()).filter(from::canBecome))
                .containsExactlyElementsOf(next);
    }
}
