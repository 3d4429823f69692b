package io.parley.wire;

import java.util.List;

/**
 * Builds the one line that a frame prints as. One thread at a time.
 *
 * <p>Text comes from strangers and goes to terminals and log files: whatever is not plainly visible (controls,
 * line ends, bidirectional and other format characters, halves of pairs, unassigned ones) is escaped.
 */
final class FrameText {
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_LIST = 20;

    private final StringBuilder line;

    FrameText(String name) {
        line = new StringBuilder(name);
    }

    FrameText number(String name, long value) {
        key(name).append(value);
        return this;
    }

    // An origin or an epoch: 64 bits without a sign.
    FrameText bits(String name, long value) {
        key(name).append("0x");
        String digits = Long.toHexString(value);
        line.append("0".repeat(16 - digits.length())).append(digits);
        return this;
    }

    FrameText flag(String name, boolean value) {
        key(name).append(value);
        return this;
    }

    FrameText word(String name, String value) {
        key(name).append(value);
        return this;
    }

    FrameText code(String name, int code) {
        key(name).append(code).append('(').append(ErrorCode.name(code)).append(')');
        return this;
    }

    FrameText text(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    // Also for what is long rather than secret.
    FrameText secret(String name, int length) {
        key(name).append('<').append(length).append('>');
        return this;
    }

    FrameText nested(String name, Object value) {
        key(name).append('{').append(value).append('}');
        return this;
    }

    FrameText list(String name, List<?> values) {
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

    FrameText tag(String name, Bytes value) {
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
