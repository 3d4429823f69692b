package io.parley.apps.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/**
 * Breaks text into the rows of a screen. Any thread may call it.
 *
 * <p>A row is broken behind a blank, and inside a word only if that is longer than a row; inside what a terminal draws
 * as one character only if that alone is. Where terminals differ about a width, the larger is taken, so that a row is
 * too short rather than too long: what is joined is as wide as its parts are side by side.
 */
final class Wrapping {
    /** What is drawn as one: a sign with its marks, or several that are joined. No joiner joins letters. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

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
            String left = calm(paragraph);
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

    /** The end of what fits a row; something always does. */
    private static int row(String text, int columns) {
        int least = text.isEmpty() ? 0 : Character.charCount(text.codePointAt(0));
        return Math.max(least, fits(text, Math.max(1, columns)));
    }

    /** Whether the first word, behind blanks, fits a row of its own. */
    private static boolean beginsWithWordOf(String text, int columns) {
        String words = text.stripLeading();
        int blank = words.indexOf(' ');
        int end = blank < 0 ? words.length() : blank;
        return row(words.substring(0, end), columns) == end;
    }

    /** How wide a text is drawn, at most. */
    static int width(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            width += width(text.codePointAt(at));
        }
        return width;
    }

    /** As much of a text, calmed, as fits, with an ellipsis where that is not all. */
    static String cut(String text, int columns) {
        String calm = calm(text);
        if (width(calm) <= columns) {
            return calm;
        }
        return columns < 1 ? "" : calm.substring(0, fits(calm, columns - 1)) + "…";
    }

    private static int width(int point) {
        return isSkin(point) ? 2 : point == WIDE_FORM ? 1 : Math.max(0, WCWidth.wcwidth(point));
    }

    /** Whether it colours the skin of what is before it; some draw it beside that. */
    private static boolean isSkin(int point) {
        return point >= 0x1F3FB && point <= 0x1F3FF;
    }

    /** The end of what fits: whole characters, or what fits of the first. */
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

    /** The end of what fits if nothing belongs together. */
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

    /** Whether it belongs to the character before, and is no letter. */
    private static boolean isPart(int point) {
        return point == WIDE_FORM || isSkin(point) || width(point) == 0;
    }

    /** Without what is heaped upon one character beyond all measure. */
    static String calm(String text) {
        StringBuilder calm = new StringBuilder(text.length());
        Matcher character = CHARACTER.matcher(text);
        int marks = 0;
        while (character.find()) {
            String one = character.group();
            marks = isPart(one.codePointAt(0)) ? marks : 0;
            for (int at = 0; at < one.length(); at += Character.charCount(one.codePointAt(at))) {
                int point = one.codePointAt(at);
                marks += isPart(point) ? 1 : 0;
                if (marks <= MOST_MARKS || !isPart(point)) {
                    calm.appendCodePoint(point);
                }
            }
        }
        return calm.toString();
    }
}
