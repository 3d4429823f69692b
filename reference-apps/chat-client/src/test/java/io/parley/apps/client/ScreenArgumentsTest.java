package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.screen.ScreenOptions;
import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.screen.ScreenOptions.Notify;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ScreenArgumentsTest {
    @Command
    private static final class Line {
        @Mixin
        private final ScreenArguments screen = new ScreenArguments();
    }

    private static ScreenOptions options(String... args) {
        Line line = new Line();
        new CommandLine(line).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        return line.screen.options();
    }

    @Test
    void eachOptionHasItsDefaultAndCanBeSwitched() {
        assertThat(options()).isEqualTo(ScreenOptions.DEFAULT);
        assertThat(options("--bell", "--title")).isEqualTo(ScreenOptions.DEFAULT);
        assertThat(options("--no-bell", "--no-title", "--notify=osc777", "--background=light"))
                .isEqualTo(new ScreenOptions(false, false, Notify.OSC777, Background.LIGHT));
    }
}
