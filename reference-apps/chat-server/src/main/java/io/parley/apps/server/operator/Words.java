package io.parley.apps.server.operator;

/** Reads the words of a line. Any thread may call it. */
final class Words {
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

    static int count(String text) {
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }
}
