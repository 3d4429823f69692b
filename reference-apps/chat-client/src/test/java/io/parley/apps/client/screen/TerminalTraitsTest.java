package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.screen.ScreenOptions.Notify;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a terminal. */
class TerminalTraitsTest {
    @ParameterizedTest
    @CsvSource({"15;0,DARK", "0;15,LIGHT", "0;default;7,LIGHT", "7;8,DARK", "0;default,AUTO", "'',AUTO", "x;999,AUTO"})
    void theBackgroundIsReadFromTheEnvironment(String value, Background expected) {
        assertThat(TerminalTraits.background(Map.of("COLORFGBG", value))).isEqualTo(expected);
        assertThat(TerminalTraits.background(Map.of())).isEqualTo(Background.AUTO);
    }

    @ParameterizedTest
    @CsvSource({
        "rgb:0000/0000/0000,DARK",
        "rgb:1e1e/1e1e/1e1e,DARK",
        "rgb:00/2b/36,DARK",
        "rgb:ffff/ffff/ffff,LIGHT",
        "rgb:fdfd/f6f6/e3e3,LIGHT",
        "rgba:f/f/f/f,LIGHT",
        "red,AUTO",
        "rgb:1/2,AUTO",
        "rgb:fffff/0/0,AUTO"
    })
    void theBackgroundIsReadFromTheAnswer(String colour, Background expected) {
        assertThat(TerminalTraits.background("\u001B]11;" + colour + "\u0007")).isEqualTo(expected);
        assertThat(TerminalTraits.background("\u001B]11;" + colour + "\u001B\\"))
                .isEqualTo(expected);
        assertThat(TerminalTraits.background("\u001B]10;" + colour + "\u0007")).isEqualTo(Background.AUTO);
    }

    @Test
    void theNotificationIsTheOneThatTheTerminalShows() {
        assertThat(notification("TERM", "xterm-256color")).isEqualTo(Notify.OFF);
        assertThat(notification("TERM", "xterm-kitty")).isEqualTo(Notify.OSC9);
        assertThat(notification("TERM_PROGRAM", "WezTerm")).isEqualTo(Notify.OSC9);
        assertThat(notification("TERM_PROGRAM", "iTerm.app")).isEqualTo(Notify.OSC9);
        assertThat(notification("VTE_VERSION", "7600")).isEqualTo(Notify.OSC777);
        assertThat(notification("TERM", "foot")).isEqualTo(Notify.OSC777);
        assertThat(TerminalTraits.notification(Map.of("TERM", "tmux-256color", "TERM_PROGRAM", "WezTerm")))
                .isEqualTo(Notify.OFF);
        assertThat(TerminalTraits.notification(Map.of("TMUX", "/tmp/x", "VTE_VERSION", "7600")))
                .isEqualTo(Notify.OFF);
    }

    private static Notify notification(String name, String value) {
        return TerminalTraits.notification(Map.of(name, value));
    }
}
