package io.parley.apps.client.screen;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongToIntFunction;

/**
 * Reads an escape sequence that no key has, to its end, so that nothing of it is taken for text. No state, for any thread.
 *
 * <p>It knows the forms of ECMA-48: CSI ends with a letter or such, SS3 has one, OSC, DCS and the like end with BEL or ST,
 * and what remains is the Alt key with one character.
 */
final class EscapeSequence {
    private static final char ESC = '\u001B';
    private static final String INTRODUCERS = "[O]P_^X"; // of CSI, SS3, OSC, DCS, APC, PM, SOS
    private static final char BEL = '\u0007';
    private static final long KEY_MILLIS = 50; // for a character after Escape, which is a key as well
    private static final long MORE_MILLIS = 1_000; // for what must follow
    private static final int MAX_CHARS = 4_096;

    private EscapeSequence() {}

    /** How sequences begin. One that a key has is left out, except for those that begin nothing else on a terminal. */
    static Set<String> beginnings(Set<String> keys) {
        Set<String> beginnings = new TreeSet<>(Set.of(String.valueOf(ESC)));
        for (String one : keys) {
            for (int end = 1; one.charAt(0) == ESC && end < one.length(); end++) {
                beginnings.add(one.substring(0, end));
            }
        }
        beginnings.removeAll(keys);
        INTRODUCERS.chars().forEach(one -> beginnings.add("" + ESC + (char) one));
        return beginnings;
    }

    /**
     * Reads the rest of a sequence.
     *
     * @param begun what is read of it
     * @param next waits for a character, some milliseconds; negative if none comes
     * @return all of it
     */
    static String read(String begun, LongToIntFunction next) {
        StringBuilder text = new StringBuilder(begun);
        while (!isWhole(text, 0) && text.length() < MAX_CHARS) {
            int point = next.applyAsInt(text.length() == 1 ? KEY_MILLIS : MORE_MILLIS);
            if (point < 0) {
                break;
            }
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private static boolean isWhole(CharSequence text, int from) {
        int length = text.length() - from;
        if (length < 2) {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        return switch (text.charAt(from + 1)) {
            case '[' -> length > 2 && last >= '@' && last <= '~' && !(length == 3 && last == '['); // Linux: ESC [ [ A
            case 'O' -> length > 2 && last != ';' && !Character.isDigit(last);
            case ']', 'P', '_', '^', 'X' ->
                last == BEL
                        || last == '\u009C'
                        || (length > 3 && last == '\\' && text.charAt(text.length() - 2) == ESC);
            case ESC -> isWhole(text, from + 1); // Alt with a key that has a sequence
            default -> true;
        };
    }
}
