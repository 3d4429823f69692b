package io.parley.apps.server.operator;

/** Reads the words of a line. Any thread may call it. */
final class Words {
    /** What may stand before the name of a room that would be read as something else. */
    static final String IN = "in";

    private Words() {}

    /** The first word; empty if there is none. */
    static String first(String text) {
        return text.split("\\s+", 2)[0];
    }

    /** The text after some words; empty if there is none. */
    static String after(int words, String text) {
        String[] parts = text.split("\\s+", words + 1);
        return parts.length > words ? parts[words] : "";
    }

    /** The text without the word {@code in}, which may stand before the name of a room. */
    static String withoutIn(String text) {
        return first(text).equalsIgnoreCase(IN) ? after(1, text) : text;
    }

    /** Whether a word is a number that fits. */
    static boolean isNumber(String word) {
        return word.matches("[0-9]{1,18}");
    }

    static int count(String text) {
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }
}
