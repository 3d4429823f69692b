package io.parley.apps.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 4, 5", // not connected
        "100, 4, 3", // rate limited
        "103, 4, 3", // timeout
        "104, 4, 5", // going away
        "205, 3, 3", // name taken
        "207, 3, 3", // too large
        "215, 3, 5", // unknown outcome
        "303, 4, 5", // unsupported version
        "305, 4, 5", // idle
        "400, 3, 3", // authentication
        "402, 3, 3", // removed
        "999, 4, 5"
    })
    void eachErrorHasItsCode(int error, int atLogin, int afterLogin) {
        ChatException why = new ChatException(error, "why", 0);
        assertThat(ExitCode.atLogin(why)).isEqualTo(atLogin);
        assertThat(ExitCode.afterLogin(why)).isEqualTo(afterLogin);
    }
}
