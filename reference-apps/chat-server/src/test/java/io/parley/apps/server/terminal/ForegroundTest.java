package io.parley.apps.server.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.terminal.Foreground.Owner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForegroundTest {
    @ParameterizedTest
    @CsvSource({
        "71 (java) S 70 71 70 34816 71 4194304 0, SELF",
        "71 (a) (b) 1 2) S 70 71 70 34816 70 4194304 0, ANOTHER",
        "71 (java) S 1 71 71 0 -1 4194304 0, STRANGER"
    })
    void readsWhatLinuxTells(String stat, Owner owner) {
        assertThat(Foreground.ofStat(stat)).isEqualTo(owner);
    }
}
