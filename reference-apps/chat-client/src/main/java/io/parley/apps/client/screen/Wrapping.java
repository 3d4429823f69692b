package io.parley.apps.client.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/**
 * Breaks text into the rows of a screen. Any thread may call it.
 *
 * <p>A row ends after a blank. A word is split only if it is longer than a row, and a grapheme only if it alone is.
 * Terminals differ in the width of some characters; this class takes the larger one, so that a row is never too long: a
 * joined sequence is as wide as its parts side by side.
 */
final class Wrapping {
    /** A grapheme: a character with its marks, or several joined ones. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private static final int WIDE_FORM = 0xFE0F; // the variation selector for emoji
    private static final int MAX_MARKS = 6; // on one character; more would be drawn into other rows

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
            String left = limitMarks(paragraph);
            int end = row(left, rows.isEmpty() ? first : rest);
            for (boolean begins = true; end < left.length(); begins = false) {
                int blank = left.lastIndexOf(' ', end);
                int at = blank > 0 ? blank : begins && beginsWithWordOf(left, rest) ? 0 : end;
                rows.add(left.substring(0, at));
                left = left.substring(at).stripLeading();
                end = row(left, rest);
            }
            rows.add(left);
        }
        return rows;
    }

    /** The end of the text that fits a row; at least one character. */
    private static int row(String text, int columns) {
        int least = text.isEmpty() ? 0 : Character.charCount(text.codePointAt(0));
        return Math.max(least, fits(text, Math.max(1, columns)));
    }

    /** Whether the first word, after blanks, fits a row of its own. */
    private static boolean beginsWithWordOf(String text, int columns) {
        String words = text.stripLeading();
        int blank = words.indexOf(' ');
        int end = blank < 0 ? words.length() : blank;
        return row(words.substring(0, end), columns) == end;
    }

    /** The largest width of a text. */
    static int width(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            width += width(text.codePointAt(at));
        }
        return width;
    }

    /** The start of a text that fits, with an ellipsis if the text is cut. */
    static String cut(String text, int columns) {
        String limited = limitMarks(text);
        if (width(limited) <= columns) {
            return limited;
        }
        return columns < 1 ? "" : limited.substring(0, fits(limited, columns - 1)) + "…";
    }

    private static int width(int point) {
        return isSkin(point) ? 2 : point == WIDE_FORM ? 1 : Math.max(0, WCWidth.wcwidth(point));
    }

    /** Whether it is a skin tone modifier; some terminals draw it as a character of its own. */
    private static boolean isSkin(int point) {
        return point >= 0x1F3FB && point <= 0x1F3FF;
    }

    /** The end of the text that fits: whole graphemes, or a part of the first. */
    private static int fits(String text, int columns) {
        Matcher character = CHARACTER.matcher(text);
        int width = 0;
        int end = 0;
        while (character.find()) {
            width += width(character.group());
            if (width > columns) {
                return end > 0 ? end : fitsApart(text, columns);
            }
            end = character.end();
        }
        return end;
    }

    /** The end of the text that fits if graphemes may be split. */
    private static int fitsApart(String text, int columns) {
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            width += width(point);
            if (width > columns) {
                return end;
            }
            end += Character.charCount(point);
        }
        return end;
    }

    /** Whether it is a mark on the character before it. */
    private static boolean isPart(int point) {
        return point == WIDE_FORM || isSkin(point) || width(point) == 0;
    }

    /** The text with a limited number of marks on each character. */
    static String limitMarks(String text) {
        StringBuilder limited = new StringBuilder(text.length());
        Matcher character = CHARACTER.matcher(text);
        int marks = 0;
        while (character.find()) {
            String one = character.group();
            marks = isPart(one.codePointAt(0)) ? marks : 0;
            for (int at = 0; at < one.length(); at += Character.charCount(one.codePointAt(at))) {
                int point = one.codePointAt(at);
                marks += isPart(point) ? 1 : 0;
                if (marks <= MAX_MARKS || !isPart(point)) {
                    limited.appendCodePoint(point);
                }
            }
        }
        return limited.toString();
    }
}
