package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Line.Kind;
import io.parley.apps.client.window.ScrollPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final long NOON = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Layout layout = layout(256);

    private static Layout layout(int colours) {
        return new Layout(Palette.of(colours, Background.DARK), ZoneOffset.UTC, Locale.ENGLISH);
    }

    private static Line line(long time, Kind kind, String who, String text) {
        return new Line(time, 0, kind, who, text);
    }

    private List<String> rows(Line line, int width) {
        return layout.rows(line, line, width).stream()
                .map(AttributedString::toString)
                .toList();
    }

    @Test
    void eachKindHasItsLook() {
        assertThat(rows(line(NOON, Kind.MESSAGE, "bob", "hi"), 80)).containsExactly("12:00 bob: hi");
        assertThat(rows(line(NOON, Kind.ACTION, "bob", "waves"), 80)).containsExactly("12:00 * bob waves");
        assertThat(rows(line(NOON, Kind.PENDING, "bob", "hi"), 80)).containsExactly("  ... bob: hi");
        assertThat(rows(line(NOON, Kind.PENDING, "", "* bob waves"), 80)).containsExactly("  ... * bob waves");
        assertThat(rows(line(NOON, Kind.NOTICE, "op", "lunch"), 80)).containsExactly("12:00 *** op: lunch");
        assertThat(rows(line(NOON, Kind.EVENT, "", "x"), 80)).containsExactly("12:00 -!- x");
        assertThat(rows(line(NOON, Kind.ERROR, "", "x"), 80)).containsExactly("12:00 !!! x");
        assertThat(rows(line(NOON, Kind.MARK, "", "unread"), 14)).containsExactly("-- unread ----");
    }

    @Test
    void aDayBeginsWithItsName() {
        Line today = line(NOON, Kind.EVENT, "", "x");
        Line tomorrow = line(NOON + DAY, Kind.EVENT, "", "y");
        assertThat(layout.page(List.of(today, tomorrow), 40, 10, ScrollPosition.BOTTOM))
                .extracting(AttributedString::toString)
                .containsExactly(
                        "-- Wednesday, November 25, 2026 --------",
                        "12:00 -!- x",
                        "-- Thursday, November 26, 2026 ---------",
                        "12:00 -!- y");
    }

    @Test
    void otherRowsAreIndented() {
        assertThat(rows(line(NOON, Kind.MESSAGE, "bob", "one two\n12:00 ann: three"), 80))
                .containsExactly("12:00 bob: one two", "        12:00 ann: three");
        assertThat(rows(line(NOON, Kind.MESSAGE, "bob", "one two three"), 19))
                .containsExactly("12:00 bob: one two", "  three");
    }

    @Test
    void controlCharactersAreWrittenOut() {
        assertThat(rows(line(NOON, Kind.MESSAGE, "b\u001B[m", "\u001B[2J\tx\r\ny\rz"), 80))
                .containsExactly("12:00 b\\u{1B}[m: \\u{1B}[2J x", "        y\\rz");
        assertThat(layout.rows(line(NOON, Kind.EVENT, "", "\u009B2J"), null, 80)
                        .get(1)
                        .toAnsi())
                .doesNotContain("\u009B");
    }

    @Test
    void aPageIsTheLastRowsOrSomeBefore() {
        List<Line> lines = numbered(20);
        assertThat(page(lines, 3, ScrollPosition.BOTTOM))
                .containsExactly("12:00 -!- n18", "12:00 -!- n19", "12:00 -!- n20");
        ScrollPosition up = layout.up(lines, 80, 3, ScrollPosition.BOTTOM, 2);
        assertThat(page(lines, 3, up)).containsExactly("12:00 -!- n16", "12:00 -!- n17", "12:00 -!- n18");
        ScrollPosition top = layout.up(lines, 80, 3, ScrollPosition.BOTTOM, 99);
        assertThat(page(lines, 3, top)).element(2).isEqualTo("12:00 -!- n2");
        assertThat(layout.up(lines, 80, 3, top, 1)).isEqualTo(top);
        assertThat(page(lines.subList(0, 1), 3, ScrollPosition.BOTTOM)).hasSize(2);
        assertThat(page(List.of(), 3, ScrollPosition.BOTTOM)).isEmpty();
        assertThat(layout.up(List.of(), 80, 3, ScrollPosition.BOTTOM, 9)).isEqualTo(ScrollPosition.BOTTOM);
    }

    @Test
    void everyRowIsSeenOnTheWayUpAndDown() {
        List<Line> lines = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> line(NOON + i * DAY / 4, Kind.MESSAGE, "bob", "n" + i + " and so on".repeat(i % 7 * 4)))
                .toList();
        List<String> all = page(lines, 9_999, ScrollPosition.BOTTOM);
        for (int height : new int[] {1, 2, 5, 23}) {
            ScrollPosition spot = ScrollPosition.BOTTOM;
            for (int end = all.size(); end > height; end--) {
                assertThat(page(lines, height, spot)).isEqualTo(all.subList(end - height, end));
                spot = layout.up(lines, 80, height, spot, 1);
            }
            assertThat(page(lines, height, spot)).isEqualTo(all.subList(0, height));
            for (int end = height; end <= all.size(); end++) {
                assertThat(page(lines, height, spot)).isEqualTo(all.subList(end - height, end));
                spot = layout.down(lines, 80, spot, 1);
            }
            assertThat(spot).isEqualTo(ScrollPosition.BOTTOM);
        }
    }

    @Test
    void whatComesMeanwhileIsBelow() {
        List<Line> lines = numbered(20);
        ScrollPosition spot = layout.up(lines.subList(0, 10), 80, 3, ScrollPosition.BOTTOM, 4);
        for (int i = 10; i < 20; i++) {
            spot = spot.pushed();
        }
        assertThat(page(lines, 3, spot)).containsExactly("12:00 -!- n4", "12:00 -!- n5", "12:00 -!- n6");
        assertThat(ScrollPosition.BOTTOM.pushed()).isEqualTo(ScrollPosition.BOTTOM);
    }

    @Test
    void noNameFillsTheScreen() {
        String wide = "\u4F60".repeat(32);
        assertThat(rows(line(NOON, Kind.MESSAGE, wide, "some words"), 40))
                .allMatch(row -> Wrapping.width(row) <= 40)
                .element(0)
                .asString()
                .endsWith("\u2026: some");
        assertThat(rows(line(NOON, Kind.ACTION, wide, "some words"), 12)).allMatch(row -> Wrapping.width(row) <= 20);
        assertThat(rows(line(NOON, Kind.MESSAGE, "a" + "\u0301".repeat(31), "x"), 80)
                        .get(0))
                .hasSizeLessThan(20);
    }

    private static List<Line> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> line(NOON, Kind.EVENT, "", "n" + i))
                .toList();
    }

    private List<String> page(List<Line> lines, int height, ScrollPosition spot) {
        return layout.page(lines, 80, height, spot).stream()
                .map(AttributedString::toString)
                .toList();
    }

    @Test
    void colourIsLeftOutWhereThereIsToBeNone() {
        Line line = line(NOON, Kind.MENTION, "bob", "hi");
        String colour = "(?s).*\u001B\\[([0-9]*;)*[349][0-9].*";
        assertThat(layout.rows(line, line, 80).get(0).toAnsi()).matches(colour);
        for (int few : new int[] {0, 8, 16}) {
            assertThat(layout(few).rows(line, line, 80).get(0).toAnsi())
                    .doesNotMatch(colour)
                    .contains("\u001B[1m");
        }
        assertThat(layout.with(Palette.of(256, Background.AUTO))
                        .rows(line, line, 80)
                        .get(0)
                        .toAnsi())
                .as("on a background that is not known")
                .doesNotMatch(colour);
        assertThat(Palette.of(256, Background.DARK).nick("Bob"))
                .isEqualTo(Palette.of(256, Background.DARK).nick("bob"));
    }
}
