package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.Line.Kind;
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
        return new Layout(Palette.of(colours), ZoneOffset.UTC, Locale.ENGLISH);
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
        assertThat(rows(line(NOON, Kind.NOTICE, "op", "lunch"), 80)).containsExactly("12:00 *** op: lunch");
        assertThat(rows(line(NOON, Kind.EVENT, "", "x"), 80)).containsExactly("12:00 -!- x");
        assertThat(rows(line(NOON, Kind.TROUBLE, "", "x"), 80)).containsExactly("12:00 !!! x");
        assertThat(rows(line(NOON, Kind.MARK, "", "unread"), 14)).containsExactly("-- unread ----");
    }

    @Test
    void aDayBeginsWithItsName() {
        Line today = line(NOON, Kind.EVENT, "", "x");
        Line tomorrow = line(NOON + DAY, Kind.EVENT, "", "y");
        assertThat(layout.page(List.of(today, tomorrow), 40, 10, 0))
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
        List<Line> lines = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> line(NOON, Kind.EVENT, "", "n" + i))
                .toList();
        assertThat(page(lines, 3, 0)).containsExactly("12:00 -!- n18", "12:00 -!- n19", "12:00 -!- n20");
        assertThat(page(lines, 3, 2)).containsExactly("12:00 -!- n16", "12:00 -!- n17", "12:00 -!- n18");
        assertThat(page(lines, 3, 99)).element(2).isEqualTo("12:00 -!- n2");
        assertThat(page(lines.subList(0, 1), 3, 0)).hasSize(2);
        assertThat(page(List.of(), 3, 0)).isEmpty();
    }

    private List<String> page(List<Line> lines, int height, int below) {
        return layout.page(lines, 80, height, below).stream()
                .map(AttributedString::toString)
                .toList();
    }

    @Test
    void colourIsLeftOutWhereThereIsToBeNone() {
        Line line = line(NOON, Kind.MENTION, "bob", "hi");
        String colour = "(?s).*\u001B\\[([0-9]*;)*[349][0-9].*";
        assertThat(layout.rows(line, line, 80).get(0).toAnsi()).matches(colour);
        assertThat(layout(8).rows(line, line, 80).get(0).toAnsi()).matches(colour);
        assertThat(layout(0).rows(line, line, 80).get(0).toAnsi())
                .doesNotMatch(colour)
                .contains("\u001B[1m");
        assertThat(Palette.of(256).nick("Bob")).isEqualTo(Palette.of(256).nick("bob"));
    }
}
