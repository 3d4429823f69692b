package io.parley.apps.client.screen;

import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.ScrollPosition;
import io.parley.apps.terminal.Printable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * Lays out lines as rows of a screen. Immutable, for any thread.
 *
 * <p>The first row of a line begins with the time, the others with blanks. The program's own lines have marks after the
 * time that no name can have, so that no message can look like one of them.
 */
final class Layout {
    private static final int INDENT = 8;
    private static final int SMALL_INDENT = 2;
    private static final int NARROW = 60;
    private static final int BESIDE_NAME = 8; // the longest mark beside a name, and two columns for text
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm ");
    private static final String NO_TIME = "  ... "; // of what is not said yet

    private final Palette palette;
    private final ZoneId zone;
    private final DateTimeFormatter day;

    Layout(Palette palette, ZoneId zone, Locale locale) {
        this(palette, zone, DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale));
    }

    private Layout(Palette palette, ZoneId zone, DateTimeFormatter day) {
        this.palette = palette;
        this.zone = zone;
        this.day = day;
    }

    /** The same in other colours. */
    Layout with(Palette other) {
        return new Layout(other, zone, day);
    }

    /**
     * The rows of a line; the first line of a day has a row for the date before it.
     *
     * @param before the line before it, or null
     * @param width columns of the screen
     */
    List<AttributedString> rows(Line line, @Nullable Line before, int width) {
        List<AttributedString> rows = new ArrayList<>();
        LocalDate date = date(line);
        if (before == null || !date.equals(date(before))) {
            rows.add(rule(date.format(day), width));
        }
        if (line.kind() == Line.Kind.MARK) {
            rows.add(rule(line.text(), width));
            return rows;
        }
        String time = line.kind() == Line.Kind.PENDING
                ? NO_TIME
                : TIME.format(Instant.ofEpochMilli(line.time()).atZone(zone));
        String who = name(line.who(), width - time.length());
        String head = head(line.kind(), who);
        int indent = width < NARROW ? SMALL_INDENT : INDENT;
        int first = width - time.length() - Wrapping.width(head);
        List<String> texts = Wrapping.rows(lines(line.text()), first, width - indent);
        rows.add(new AttributedStringBuilder()
                .styled(palette.faint(), time)
                .styled(who.isEmpty() ? palette.text(line.kind()) : palette.nick(who), head)
                .styled(palette.text(line.kind()), texts.get(0))
                .toAttributedString());
        for (String text : texts.subList(1, texts.size())) {
            rows.add(new AttributedStringBuilder()
                    .append(" ".repeat(indent))
                    .styled(palette.text(line.kind()), text)
                    .toAttributedString());
        }
        return rows;
    }

    /** A name, cut so that there is room for the text. */
    private static String name(String who, int width) {
        return Wrapping.cut(Printable.of(who), Math.max(2, width - BESIDE_NAME));
    }

    private static String head(Line.Kind kind, String who) {
        return switch (kind) {
            case MESSAGE, MENTION, OWN -> who + ": ";
            case PENDING -> who.isEmpty() ? "" : who + ": ";
            case ACTION -> "* " + who + " ";
            case NOTICE -> "*** " + who + ": ";
            case ERROR -> "!!! ";
            case EVENT, MARK -> "-!- ";
        };
    }

    /** Makes a text harmless; line breaks stay, tabs become blanks. */
    private static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length());
        for (String line : text.replace("\r\n", "\n").replace('\t', ' ').split("\n", -1)) {
            lines.append(lines.isEmpty() ? "" : "\n").append(Printable.of(line));
        }
        return lines.toString();
    }

    private AttributedString rule(String text, int width) {
        String words = Wrapping.cut("-- " + text + " ", width);
        String dashes = "-".repeat(Math.max(0, width - Wrapping.width(words)));
        return new AttributedString(words + dashes, palette.faint());
    }

    private LocalDate date(Line line) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(line.time()), zone);
    }

    /**
     * A page of lines.
     *
     * @param height how many rows it has at most
     * @param position where it ends
     */
    List<AttributedString> page(List<Line> lines, int width, int height, ScrollPosition position) {
        Deque<List<AttributedString>> found = new ArrayDeque<>();
        int below = position.rows();
        int count = 0;
        for (int at = lines.size() - position.lines() - 1; at >= 0 && count < height; at--) {
            List<AttributedString> rows = rows(lines, at, width);
            List<AttributedString> seen = rows.subList(0, Math.max(0, rows.size() - below));
            below = 0;
            count += seen.size();
            found.addFirst(seen);
        }
        List<AttributedString> page = new ArrayList<>();
        found.forEach(page::addAll);
        return page.subList(Math.max(0, page.size() - height), page.size());
    }

    /** How many rows are above the page, up to a number. */
    int above(List<Line> lines, int width, int height, ScrollPosition position, int most) {
        return Math.max(0, page(lines, width, height + most, position).size() - height);
    }

    /** The position some rows further up; the page stays full if there are enough rows. */
    ScrollPosition up(List<Line> lines, int width, int height, ScrollPosition position, int by) {
        int left = above(lines, width, height, position, by);
        int at = position.lines();
        int below = position.rows() + left;
        while (below > 0) {
            int rows = rows(lines, lines.size() - at - 1, width).size();
            if (below < rows) {
                break;
            }
            below -= rows;
            at++;
        }
        return new ScrollPosition(at, below);
    }

    /** The position some rows further down, or the bottom. */
    ScrollPosition down(List<Line> lines, int width, ScrollPosition position, int by) {
        int at = position.lines();
        int below = position.rows() - by;
        while (below < 0 && at > 0) {
            at--;
            below += rows(lines, lines.size() - at - 1, width).size();
        }
        return new ScrollPosition(at, Math.max(0, below));
    }

    /** The position of the page that begins with a line; the bottom if the last page has it. */
    ScrollPosition from(List<Line> lines, int width, int height, int first) {
        int rows = 0;
        for (int at = first; at < lines.size(); at++) {
            rows += rows(lines, at, width).size();
        }
        return up(lines, width, height, ScrollPosition.BOTTOM, Math.max(0, rows - height));
    }

    private List<AttributedString> rows(List<Line> lines, int at, int width) {
        return rows(lines.get(at), at == 0 ? null : lines.get(at - 1), width);
    }

    AttributedStyle status() {
        return palette.status();
    }
}
