package io.parley.policy;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as it is compared: in compatibility form, without what shows nothing. It knows which part of the original each of
 * its characters stands for. One thread.
 */
final class PlainText {
    private String text;
    private int length;
    private int[] starts = new int[0]; // for each character of the text, in the original; empty if both are the same
    private int[] ends = starts;

    private PlainText(String text) {
        this.text = text;
    }

    static PlainText of(String original) {
        PlainText plain = new PlainText(original);
        if (!Normalizer.isNormalized(original, Normalizer.Form.NFKC)
                || original.codePoints().anyMatch(PlainText::isInvisible)) {
            plain.split(original);
        }
        return plain;
    }

    /** Takes each character together with what belongs to it: marks, and what shows nothing. */
    private void split(String original) {
        StringBuilder all = new StringBuilder(original.length());
        StringBuilder one = new StringBuilder();
        int from = 0;
        for (int at = 0; at < original.length(); ) {
            int point = original.codePointAt(at);
            boolean invisible = isInvisible(point);
            if (!invisible && !goesOn(point)) {
                add(one, from, at, all);
                from = at;
            }
            if (!invisible) {
                one.appendCodePoint(point);
            }
            at += Character.charCount(point);
        }
        add(one, from, original.length(), all);
        text = all.toString();
    }

    private void add(StringBuilder one, int from, int to, StringBuilder all) {
        all.append(Normalizer.normalize(one, Normalizer.Form.NFKC));
        one.setLength(0);
        if (all.length() > starts.length) {
            starts = Arrays.copyOf(starts, all.length() + all.length() / 2 + 8);
            ends = Arrays.copyOf(ends, starts.length);
        }
        Arrays.fill(starts, length, all.length(), from);
        Arrays.fill(ends, length, all.length(), to);
        length = all.length();
    }

    String text() {
        return text;
    }

    /** Where in the original the character begins that stands at a place of the text. */
    int start(int at) {
        return starts.length == 0 ? at : starts[at];
    }

    /** Where in the original it ends. */
    int end(int at) {
        return ends.length == 0 ? at + 1 : ends[at];
    }

    /** Whether a character may become one with that before it. */
    private static boolean goesOn(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || isWithin(point, 0x1160, 0x11FF) // the later letters of a Korean syllable
                || isWithin(point, 0xFF9E, 0xFF9F); // narrow Japanese sound marks
    }

    /** What Unicode says to show nothing for, and control characters that end no word. */
    private static boolean isInvisible(int point) {
        int type = Character.getType(point);
        return type == Character.FORMAT
                || (type == Character.CONTROL && point != '\t' && point != '\n' && point != '\r')
                || point == 0x034F
                || point == 0x3164
                || point == 0xFFA0
                || isWithin(point, 0x115F, 0x1160)
                || isWithin(point, 0x17B4, 0x17B5)
                || isWithin(point, 0x180B, 0x180F)
                || isWithin(point, 0xFE00, 0xFE0F)
                || isWithin(point, 0xE0000, 0xE0FFF);
    }

    private static boolean isWithin(int point, int first, int last) {
        return first <= point && point <= last;
    }
}
