package io.parley.apps.client;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Breaks text into the rows of a screen. Any thread may call it.
 *
 * <p>A row is broken behind a blank, and inside a word only if that is longer than a row; never inside what a terminal
 * draws as one character. Where terminals differ about a width, the larger is taken, so that a row is too short rather
 * than too long.
 */
final class Wrapping {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int WIDE_FORM = 0xFE0F; // asks for the emoji of a character
    private static final int MOST_MARKS = 6; // on one character; more would climb into other rows

    private Wrapping() {}

    /**
     * The rows of a text.
     *
     * @param text without control characters but for line breaks
     * @param first columns that are free in the first row
     * @param rest columns that are free in the others
     */
    static List<String> rows(String text, int first, int rest) {
        List<String> rows = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            int room = Math.max(1, rows.isEmpty() ? first : rest);
            String left = calm(paragraph);
            int end = fits(left, room);
            while (end < left.length()) {
                int blank = left.lastIndexOf(' ', end);
                int at = blank > 0 ? blank : beginsWithWordOf(left, rest) ? 0 : end;
                rows.add(left.substring(0, at));
                left = left.substring(at).stripLeading();
                end = fits(left, Math.max(1, rest));
            }
            rows.add(left);
        }
        return rows;
    }

    /** Whether the first word, behind blanks, fits a row of its own. */
    private static boolean beginsWithWordOf(String text, int columns) {
        String words = text.stripLeading();
        int blank = words.indexOf(' ');
        int end = blank < 0 ? words.length() : blank;
        return fits(words.substring(0, end), Math.max(1, columns)) == end;
    }

    /** How wide a text is drawn, at most. */
    static int width(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            width += width(text.codePointAt(at));
        }
        return width;
    }

    /** As much of a text as fits, with an ellipsis where that is not all. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        return columns <= 1 ? "" : text.substring(0, fits(text, columns - 1)) + "…";
    }

    private static int width(int point) {
        return point == WIDE_FORM ? 1 : Math.max(0, WCWidth.wcwidth(point));
    }

    /** The end of what fits; at least one whole character does. */
    private static int fits(String text, int columns) {
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int next = character(text, end);
            width += width(text.substring(end, next));
            if (width > columns && end > 0) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** The end of what is drawn as one character: a sign with its marks, or several that are joined. */
    private static int character(String text, int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        while (end < text.length()) {
            int point = text.codePointAt(end);
            if (!isPart(point) && text.codePointBefore(end) != ZERO_WIDTH_JOINER) {
                return end;
            }
            end += Character.charCount(point);
        }
        return end;
    }

    /** Whether it belongs to the character before. */
    private static boolean isPart(int point) {
        return point == ZERO_WIDTH_JOINER || point == WIDE_FORM || width(point) == 0;
    }

    /** Without what is heaped upon one character beyond all measure. */
    static String calm(String text) {
        StringBuilder calm = new StringBuilder(text.length());
        int marks = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            marks = isPart(point) ? marks + 1 : 0;
            if (marks <= MOST_MARKS || point == ZERO_WIDTH_JOINER || point == WIDE_FORM) {
                calm.appendCodePoint(point);
            }
        }
        return calm.toString();
    }
}
