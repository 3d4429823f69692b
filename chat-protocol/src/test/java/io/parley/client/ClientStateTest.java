package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far a client's connection has come: every pair of states. */
class ClientStateTest {

    @ParameterizedTest
    @EnumSource(ClientState.class)
    void statesGoForwardsOnly(ClientState from) {
        List<ClientState> next = switch (from) {
            case CONNECTING -> List.of(ClientState.GREETING, ClientState.CLOSING, ClientState.CLOSED);
            case GREETING -> List.of(ClientState.OPEN, ClientState.CLOSING, ClientState.CLOSED);
            case OPEN -> List.of(ClientState.CLOSING, ClientState.CLOSED);
            case CLOSING -> List.of(ClientState.CLOSED);
            case CLOSED -> List.of();
        };
        assertThat(Arrays.stream(ClientState.values()).filter(from::canBecome)).containsExactlyElementsOf(next);
    }
}
