package io.parley.codec;

import java.util.List;

/**
 * Builds the line that a frame or another value prints as. One thread at a time.
 *
 * <p>The texts come from strangers and go to terminals and log files. Characters that are not visible are escaped:
 * controls, line ends, bidirectional and other format characters, halves of surrogate pairs, unassigned ones.
 */
public final class ValueText {
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_LIST = 20;

    private final StringBuilder line;

    /**
     * Begins a line.
     *
     * @param name what is printed
     */
    public ValueText(String name) {
        line = new StringBuilder(name);
    }

    /**
     * Adds a number.
     *
     * @param name the field
     * @param value the number
     * @return this
     */
    public ValueText number(String name, long value) {
        key(name).append(value);
        return this;
    }

    /**
     * Adds 64 bits without a sign, in hexadecimal digits: an origin or an epoch.
     *
     * @param name the field
     * @param value the bits
     * @return this
     */
    public ValueText bits(String name, long value) {
        key(name).append("0x");
        String digits = Long.toHexString(value);
        line.append("0".repeat(16 - digits.length())).append(digits);
        return this;
    }

    /**
     * Adds a flag.
     *
     * @param name the field
     * @param value the flag
     * @return this
     */
    public ValueText flag(String name, boolean value) {
        key(name).append(value);
        return this;
    }

    /**
     * Adds a word of the program's own.
     *
     * @param name the field
     * @param value the word
     * @return this
     */
    public ValueText word(String name, String value) {
        key(name).append(value);
        return this;
    }

    /**
     * Adds a number and its name.
     *
     * @param name the field
     * @param code the number
     * @param meaning its name
     * @return this
     */
    public ValueText code(String name, int code, String meaning) {
        key(name).append(code).append('(').append(meaning).append(')');
        return this;
    }

    /**
     * Adds a text, quoted and escaped.
     *
     * @param name the field
     * @param value the text
     * @return this
     */
    public ValueText text(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    /**
     * Adds the length of something that is secret, or only long.
     *
     * @param name the field
     * @param length its length
     * @return this
     */
    public ValueText secret(String name, int length) {
        key(name).append('<').append(length).append('>');
        return this;
    }

    /**
     * Adds a value within this one.
     *
     * @param name the field
     * @param value the value
     * @return this
     */
    public ValueText nested(String name, Object value) {
        key(name).append('{').append(value).append('}');
        return this;
    }

    /**
     * Adds the first items of a list.
     *
     * @param name the field
     * @param values the items
     * @return this
     */
    public ValueText list(String name, List<?> values) {
        key(name).append('[');
        int shown = Math.min(values.size(), LONGEST_LIST);
        for (int i = 0; i < shown; i++) {
            line.append(i == 0 ? "" : ", ").append(values.get(i));
        }
        if (values.size() > shown) {
            line.append(", ..+").append(values.size() - shown);
        }
        line.append(']');
        return this;
    }

    /**
     * Adds a name and bytes, the name quoted and escaped.
     *
     * @param name the name
     * @param value the bytes
     * @return this
     */
    public ValueText tag(String name, Bytes value) {
        line.append(line.isEmpty() ? "" : " ");
        quote(name);
        line.append('=').append(value);
        return this;
    }

    private StringBuilder key(String name) {
        return line.append(' ').append(name).append('=');
    }

    private void quote(String value) {
        line.append('"');
        int at = 0;
        while (at < value.length() && at < LONGEST_TEXT) {
            int point = value.codePointAt(at);
            at += Character.charCount(point);
            if (point == '"' || point == '\\') {
                line.append('\\').append((char) point);
            } else if (isVisible(point)) {
                line.appendCodePoint(point);
            } else {
                line.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
        }
        line.append('"');
        if (at < value.length()) {
            line.append("..+").append(value.length() - at);
        }
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
