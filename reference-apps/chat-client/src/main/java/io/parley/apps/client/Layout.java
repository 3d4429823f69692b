package io.parley.apps.client;

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
 * Lines as rows of a screen. Immutable, for any thread.
 *
 * <p>Every first row begins with the time, every other with blanks, and what stands between time and text cannot be
 * part of a name in the program's own lines: so nobody's text can look like them.
 */
final class Layout {
    private static final int INDENT = 8;
    private static final int SMALL_INDENT = 2;
    private static final int NARROW = 60;
    private static final int BESIDE_NAME = 8; // the longest that stands with a name, and two columns for a sign
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm ");

    private final Palette palette;
    private final ZoneId zone;
    private final DateTimeFormatter day;

    Layout(Palette palette, ZoneId zone, Locale locale) {
        this.palette = palette;
        this.zone = zone;
        this.day = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale);
    }

    /**
     * The rows of a line, after that of its day where that begins.
     *
     * @param before the line before it, if there is one
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
        String time = TIME.format(Instant.ofEpochMilli(line.time()).atZone(zone));
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

    /** A name with as many marks, and as much of it, as leaves room for the text. */
    private static String name(String who, int width) {
        return Wrapping.cut(Printable.of(who), Math.max(2, width - BESIDE_NAME));
    }

    private static String head(Line.Kind kind, String who) {
        return switch (kind) {
            case MESSAGE, MENTION, OWN -> who + ": ";
            case ACTION -> "* " + who + " ";
            case NOTICE -> "*** " + who + ": ";
            case TROUBLE -> "!!! ";
            case EVENT, MARK -> "-!- ";
        };
    }

    /** Harmless but for its line breaks; tabs are blanks. */
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
     * A page of some lines.
     *
     * @param height rows to fill, fewer if there are not as many
     * @param spot where it ends
     */
    List<AttributedString> page(List<Line> lines, int width, int height, Spot spot) {
        Deque<List<AttributedString>> found = new ArrayDeque<>();
        int below = spot.rows();
        int count = 0;
        for (int at = lines.size() - spot.lines() - 1; at >= 0 && count < height; at--) {
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

    /** The spot some rows further up, but not so far that there are fewer rows than a page has. */
    Spot up(List<Line> lines, int width, int height, Spot spot, int by) {
        int left =
                Math.min(by, Math.max(0, page(lines, width, height + by, spot).size() - height));
        int at = spot.lines();
        int below = spot.rows() + left;
        while (below > 0) {
            int rows = rows(lines, lines.size() - at - 1, width).size();
            if (below < rows) {
                break;
            }
            below -= rows;
            at++;
        }
        return new Spot(at, below);
    }

    /** The spot some rows further down, or the end. */
    Spot down(List<Line> lines, int width, Spot spot, int by) {
        int at = spot.lines();
        int below = spot.rows() - by;
        while (below < 0 && at > 0) {
            at--;
            below += rows(lines, lines.size() - at - 1, width).size();
        }
        return new Spot(at, Math.max(0, below));
    }

    /** The spot of the page that begins with a line; the end if the last page has it. */
    Spot from(List<Line> lines, int width, int height, int first) {
        int rows = 0;
        for (int at = first; at < lines.size(); at++) {
            rows += rows(lines, at, width).size();
        }
        return up(lines, width, height, Spot.BOTTOM, Math.max(0, rows - height));
    }

    private List<AttributedString> rows(List<Line> lines, int at, int width) {
        return rows(lines.get(at), at == 0 ? null : lines.get(at - 1), width);
    }

    AttributedStyle status() {
        return palette.status();
    }
}
