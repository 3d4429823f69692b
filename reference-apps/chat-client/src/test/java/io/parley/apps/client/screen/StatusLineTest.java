package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.ScrollPosition;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final Line MESSAGE = new Line(0, 0, Line.Kind.MESSAGE, "bob", "hi");

    private static String of(String name) {
        Windows windows = new Windows();
        windows.show(windows.open(new Place(name, false)));
        return StatusLine.text(windows, "online", false, 0, 40);
    }

    @Test
    void itFillsItsColumns() {
        assertThat(of("lobby")).isEqualTo(" 1:lobby · online" + " ".repeat(23));
    }

    @Test
    void unreadLinesAboveThePageAreNamed() {
        Windows windows = new Windows();
        windows.show(windows.open(new Place("one", false)));
        assertThat(StatusLine.text(windows, "9 ms", true, 0, 60))
                .startsWith(" 1:one · -- unread above, Alt-U -- · 9 ms");
    }

    @Test
    void aNarrowScreenShowsWhatIsUnreadBeforeTheRest() {
        Windows windows = new Windows();
        windows.show(windows.open(new Place("lobby", false)));
        Window carol = windows.open(new Place("carol", true));
        carol.add(MESSAGE);
        carol.addUnread(MESSAGE, true);
        assertThat(StatusLine.text(windows, "9 ms", true, 0, 39)).isEqualTo(" 1:lobby · -- unread above -- · 2:caro…");
        assertThat(StatusLine.text(windows, "9 ms", false, 0, 39)).startsWith(" 1:lobby · 2:carol 1! · 9 ms");
        assertThat(StatusLine.text(windows, "9 ms", false, 0, 60)).startsWith(" 1:lobby · 9 ms · 2:carol 1!");
    }

    @Test
    void nothingClimbsOutOfIt() {
        assertThat(of("a" + "\u0301".repeat(1_000))).hasSizeLessThan(50);
    }

    @Test
    void theStatusHasTheMostImportantFirst() {
        Windows windows = new Windows();
        Window one = windows.open(new Place("one", false));
        Window two = windows.open(new Place("two", true));
        windows.show(one);
        two.add(MESSAGE);
        two.addUnread(MESSAGE, true);
        one.typing("ann", 0);
        assertThat(StatusLine.text(windows, "9 ms", false, 0, 60).stripTrailing())
                .isEqualTo(" 1:one · 9 ms · 2:two 1! · ann is typing");
        assertThat(StatusLine.text(windows, "9 ms", false, 0, 12))
                .isEqualTo(" 1:one · 2:…")
                .hasSize(12);
        one.add(MESSAGE);
        one.scroll(new ScrollPosition(1, 3));
        assertThat(StatusLine.text(windows, "9 ms", false, 0, 60)).contains(" 1:one · -- 2 more below -- · 9 ms");
        one.add(MESSAGE);
        one.add(MESSAGE);
        assertThat(StatusLine.text(windows, "9 ms", false, 0, 60)).contains("-- 4 more below, 2 new --");
        one.scroll(new ScrollPosition(1, 0));
        one.scroll(new ScrollPosition(3, 0));
        assertThat(StatusLine.text(windows, "9 ms", false, 0, 60)).contains("-- 3 more below, 1 new --");
        assertThat(StatusLine.text(new Windows(), "online", false, 0, 60)).startsWith(" no room, /join ROOM");
    }
}
