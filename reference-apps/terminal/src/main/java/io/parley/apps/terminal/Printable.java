package io.parley.apps.terminal;

/**
 * Makes a line harmless for a terminal. Any thread may call it.
 *
 * <p>Control characters, line separators, lone surrogates and invisible formatting (bidirectional overrides among it)
 * are escaped, as in <code>\n</code> or <code>&#92;u{202E}</code>. The two joiners that Persian, Indic scripts and
 * emoji need stay as they are.
 */
public final class Printable {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /** The text with harmful characters escaped. */
    public static String of(String text) {
        return text.codePoints().allMatch(Printable::isHarmless) ? text : escaped(text);
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isHarmless(point)) {
                line.appendCodePoint(point);
            } else if (point == '\n') {
                line.append("\\n");
            } else if (point == '\r') {
                line.append("\\r");
            } else if (point == '\t') {
                line.append("\\t");
            } else {
                line.append(String.format("\\u{%X}", point));
            }
        });
        return line.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT -> point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
