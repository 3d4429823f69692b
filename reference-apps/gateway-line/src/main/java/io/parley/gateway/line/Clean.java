package io.parley.gateway.line;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes text harmless for a terminal: without control characters (C0, C1, DEL), line and paragraph separators, and invisible
 * formatting, bidirectional overrides among it. The two joiners that Persian, Indic scripts and emoji need stay. A tab
 * becomes a space. Any thread.
 */
final class Clean {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int REPLACEMENT = 0xFFFD;
    private static final Pattern LINE_END = Pattern.compile("\\R"); // also NEL, VT, FF and the Unicode separators

    private Clean() {}

    /** The text as one line. */
    static String line(String text) {
        return text.codePoints().allMatch(point -> replacement(point) == point) ? text : cleaned(text);
    }

    private static String cleaned(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(Clean::replacement).filter(point -> point >= 0).forEach(line::appendCodePoint);
        return line.toString();
    }

    /** What is shown for a character; negative for nothing. */
    private static int replacement(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\t' ? ' ' : -1;
            case Character.FORMAT -> point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER ? point : -1;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.SURROGATE -> REPLACEMENT;
            default -> point;
        };
    }

    /** A name as one word: nothing in it looks like the end of a name. */
    static String name(String name) {
        String line = line(name).replaceAll("[\\s<>]", "_");
        return line.isEmpty() ? "_" : line;
    }

    /** The lines of a text that are not empty; one empty line if there are none. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(1);
        for (String one : LINE_END.split(text)) {
            String line = line(one);
            if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return lines.isEmpty() ? List.of("") : lines;
    }
}
