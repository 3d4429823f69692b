package io.parley.model;

import io.parley.model.RoomException.Reason;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The standard name policy; see {@link NamePolicy#standard()}. Immutable, for any thread.
 *
 * <p><b>What is accepted.</b> The name in NFKC has 1 to 32 code points: letters, digits, combining marks and {@link #MARKS};
 * in a room's name also {@code #} and {@code +}. {@link Scripts} says which letters, and that those between two marks, a word, are of
 * one script. Combining marks follow a letter of their script.
 *
 * <p><b>The key.</b> The name is case folded and decomposed, each character is replaced as {@link LookAlikes} says, and the
 * result is composed. Marks at the beginning and the end are left out, and a run of marks between them becomes one hyphen. In a
 * room's name {@code #} and {@code +} are read as they are, except at the beginning.
 *
 * <p><b>The vertical bar</b> looks like the letter l, and is also a mark. Inside a name it is read as l. At the beginning and end it
 * is refused, because there both {@code paypa|} and {@code |anna|} would have to be caught.
 */
final class StandardNames implements NamePolicy {
    static final StandardNames INSTANCE = new StandardNames();

    /** The version of the rule by which keys are made, for programs that store keys. 0 was NFKC and case folding alone. */
    static final int KEY_VERSION = 1;

    /** Marks that names can have. The last two are apostrophes that are letters in some languages. */
    private static final String MARKS = "-_.[]{}|^~\u02bb\u02bc";

    private static final int MAX_CODE_POINTS = 32;
    // NFKC can make one character eighteen: look at the length before it, too.
    private static final int MAX_RAW_CHARS = 4 * MAX_CODE_POINTS;
    private static final int MAX_COMBINING = 5; // a syllable of Burmese
    private static final int MAX_ACCENTS = 1; // beside those that are part of a composed letter
    private static final String ROOM_SIGNS = "#+";

    private StandardNames() {}

    @Override
    public Name user(String wanted) {
        return name(wanted, "");
    }

    @Override
    public Name room(String wanted) {
        return name(wanted, ROOM_SIGNS);
    }

    private static Name name(String wanted, String signs) {
        if (wanted.length() > MAX_RAW_CHARS) {
            throw tooLong();
        }
        boolean ascii = isAscii(wanted);
        String display = ascii ? wanted : composed(wanted);
        int length = display.codePointCount(0, display.length());
        if (length == 0) {
            throw bad("a name has at least one character");
        }
        if (length > MAX_CODE_POINTS) {
            throw tooLong();
        }
        check(display, signs);
        String key = ascii ? key(display) : lookAlikeKey(display);
        if (key.isEmpty()) {
            throw bad("a name has at least one letter or digit");
        }
        return new Name(
                display, key.equals(display) ? display : key); // kept as long as its user is here: once if it can be
    }

    /** See {@link NamePolicy#lookAlikeKey}. */
    static String lookAlikeKey(String text) {
        return Normalizer.normalize(key(decomposed(text)), Normalizer.Form.NFKC);
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String composed(String wanted) {
        for (int at = 0; at < wanted.length(); at++) {
            int point = wanted.codePointAt(at);
            if (Scripts.isAdded(point)) {
                throw bad(point);
            }
        }
        return Normalizer.normalize(wanted, Normalizer.Form.NFKC);
    }

    /** Refuses what cannot be a name. */
    private static void check(String display, String signs) {
        boolean visible = false;
        long writings = Scripts.ALL; // of the word so far
        int combining = MAX_COMBINING; // marks on the letter before; no more where there is no letter
        int letter = 0; // the last one
        int before = 0;
        int first = 0; // the first and last that are read
        int last = 0;
        for (int at = 0; at < display.length(); ) {
            int point = display.codePointAt(at);
            if (MARKS.indexOf(point) >= 0 || signs.indexOf(point) >= 0) {
                writings = Scripts.ALL;
                combining = MAX_COMBINING;
                if (point == '|') {
                    first = first == 0 ? point : first;
                    last = point;
                }
            } else {
                if (Character.isLetterOrDigit(point)) {
                    long own = Scripts.ofLetter(point, before);
                    if (own == Scripts.NONE) {
                        throw bad(point);
                    }
                    if ((writings & own) == 0) {
                        throw mixed(point);
                    }
                    writings &= own;
                    combining = Character.isDigit(point) ? MAX_COMBINING : 0;
                    letter = point;
                    visible = true;
                } else {
                    combining++;
                    checkMark(display, at, letter, combining);
                }
                first = first == 0 ? point : first;
                last = point;
            }
            before = point;
            at += Character.charCount(point);
        }
        if (!visible) {
            throw bad("a name has at least one letter or digit");
        }
        if (first == '|' || last == '|') {
            throw bad("a name cannot begin or end with a vertical bar");
        }
    }

    /** Refuses a combining mark that cannot be where it is. */
    private static void checkMark(String display, int at, int letter, int count) {
        int mark = display.codePointAt(at);
        int type = Character.getType(mark);
        boolean combines = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        int most = LookAlikes.isAccent(mark) ? MAX_ACCENTS : MAX_COMBINING;
        if (!combines || count > most || !Scripts.canHave(letter, mark)) {
            throw bad(mark);
        }
        for (int back = at, left = count; left > 1; left--) { // the same mark twice is hard to tell from one
            int other = display.codePointBefore(back);
            if (other == mark) {
                throw bad(mark);
            }
            back -= Character.charCount(other);
        }
    }

    /** Lower, upper, lower: folds what one step leaves apart, such as the sharp s. */
    private static String decomposed(String display) {
        String folded =
                display.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKD);
    }

    private static String key(String folded) {
        StringBuilder key = new StringBuilder(folded.length() + 8);
        boolean gap = false; // marks since the last character of the key
        int letter = 0; // where the accents of the last letter begin
        for (int at = 0; at < folded.length(); ) {
            int point = folded.codePointAt(at);
            at += Character.charCount(point);
            if (point != '|' && MARKS.indexOf(point) >= 0) {
                gap = true;
            } else if (key.length() > 0 || ROOM_SIGNS.indexOf(point) < 0) {
                String replacement = LookAlikes.replacement(point);
                if (replacement == null || !replacement.isEmpty()) {
                    if (gap && key.length() > 0) {
                        key.append('-');
                    }
                    gap = false;
                    letter = append(key, point, replacement, letter);
                }
            }
        }
        return key.toString();
    }

    /** Appends one character, or what replaces it; an accent only once to a letter. */
    private static int append(StringBuilder key, int point, @Nullable String replacement, int letter) {
        boolean accent = LookAlikes.isAccent(point);
        String text = replacement == null ? Character.toString(point) : replacement;
        if (!accent || key.indexOf(text, letter) < 0) {
            key.append(text);
        }
        return accent ? letter : key.length();
    }

    private static RoomException mixed(int point) {
        return bad(String.format(
                "a word of a name cannot have letters of several scripts: U+%04X does not go with those before it",
                point));
    }

    private static RoomException tooLong() {
        return bad("a name has at most " + MAX_CODE_POINTS + " characters");
    }

    private static RoomException bad(int point) {
        return bad(String.format("a name cannot have the character U+%04X there", point));
    }

    private static RoomException bad(String text) {
        return new RoomException(Reason.BAD_NAME, text);
    }
}
