package io.parley.gateway.line;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text that is harmless for a terminal: without control characters (C0, C1, DEL), line and paragraph separators, and invisible
 * formatting, bidirectional overrides among it. The two joiners that Persian, Indic scripts and emoji need stay. A tab
 * becomes a space. Any thread.
 */
final class LineText {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int REPLACEMENT = 0xFFFD;
    private static final Pattern LINE_END = Pattern.compile("\\R"); // also NEL, VT, FF and the Unicode separators

    private LineText() {}

    /** Lines as they are sent. They must be clean. */
    static byte[] bytes(List<String> lines) {
        return lines.stream()
                .map(line -> line + "\r\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What happens, as it is sent. */
    static byte[] notice(String text) {
        return bytes(List.of("-- " + clean(text)));
    }

    /** What was refused and why, as it is sent. */
    static byte[] refusal(String text) {
        return bytes(List.of("! " + clean(text)));
    }

    /** The text as one line. */
    static String clean(String text) {
        return text.codePoints()
                .map(LineText::replacement)
                .filter(point -> point >= 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
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
        String word = clean(name).replaceAll("[\\s<>]", "_");
        return word.isEmpty() ? "_" : word;
    }

    /** What is said of a topic. */
    static String topic(String topic) {
        return topic.isEmpty() ? "There is no topic." : "Topic: " + clean(topic);
    }

    /** For how long something lasts, rounded up. */
    static String duration(Duration duration) {
        long seconds = duration.plusMillis(999).toSeconds();
        if (seconds <= 90) {
            return count(seconds, "second");
        }
        if (seconds <= 90 * 60) {
            return count((seconds + 59) / 60, "minute");
        }
        long hours = (seconds + 3_599) / 3_600;
        return hours <= 48 ? count(hours, "hour") : count((hours + 23) / 24, "day");
    }

    static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /** The lines of a text that are not blank; one empty line if there are none. */
    static List<String> lines(String text) {
        List<String> lines = LINE_END.splitAsStream(text)
                .map(LineText::clean)
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? List.of("") : lines;
    }
}
