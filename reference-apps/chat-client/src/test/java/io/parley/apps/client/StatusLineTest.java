package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static String of(String name) {
        Windows windows = new Windows();
        windows.show(windows.open(new Place(name, false)));
        return StatusLine.text(windows, "online", 0, 40);
    }

    @Test
    void itFillsItsColumns() {
        assertThat(of("lobby")).isEqualTo(" 1:lobby · online" + " ".repeat(23));
    }

    @Test
    void nothingClimbsOutOfIt() {
        assertThat(of("a" + "\u0301".repeat(1_000))).hasSizeLessThan(50);
    }
}
