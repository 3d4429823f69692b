package io.parley.journal;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A text as the words by which it is found. All journals use it, so that they find the same. No state, for any thread.
 *
 * <p><b>Normalisation.</b> Only the first {@link #MOST_CHARS} characters count. The text is decomposed (NFKD). Format characters are left
 * out, and so are combining marks that are accents: those of no script of their own, and the points of Hebrew. The voicing marks of Kana and
 * the vowel signs of other scripts stay. Then the text is in upper case, in lower case, and composed (NFC).
 *
 * <p><b>Words</b> are runs of letters, digits and the marks that stay. Everything else separates them. Han, Kana, Thai, Lao, Khmer and
 * Burmese have no spaces between words: a run of these scripts is a run of its own, and a part of it is found.
 *
 * <p><b>Terms</b> are what an index keeps of a text. A message that has what is searched for has all terms of the query. The reverse
 * is not so: {@link SearchWords#matches} decides. Of a word there are the word, and its first two, three and five characters
 * behind a {@code ^}; of a run without spaces each character, and each pair of neighbours. No term has a space, a quotation mark or an
 * underscore.
 */
public final class SearchText {
    /** How much of a text is searched, in UTF-16 characters. */
    public static final int MOST_CHARS = 4096;

    /** The longest term of a word; of longer words the beginning is the term. */
    static final int LONGEST_TERM = 32;

    /** The lengths of the beginnings that are terms. */
    static final int[] BEGINNINGS = {2, 3, 5};

    private static final String VOICING = "\u3099\u309a"; // which tell letters of Kana apart

    /** What a character is a part of. */
    private enum Kind {
        NONE,
        SPACED,
        UNSPACED
    }

    /** A word, or a run of a script without spaces. */
    record Run(String text, boolean spaced) {}

    private SearchText() {}

    /**
     * The terms of a text.
     *
     * @param text the text
     * @return the terms, each once; none has more than 40 characters
     */
    public static Set<String> terms(String text) {
        Set<String> terms = new LinkedHashSet<>();
        for (Run run : runs(text)) {
            if (run.spaced()) {
                terms.add(beginning(run.text(), LONGEST_TERM));
                int length = length(run.text());
                for (int most : BEGINNINGS) {
                    if (length >= most) {
                        terms.add("^" + beginning(run.text(), most));
                    }
                }
            } else {
                addParts(run.text(), terms);
            }
        }
        return terms;
    }

    private static void addParts(String run, Set<String> terms) {
        for (int at = 0; at < run.length(); at = run.offsetByCodePoints(at, 1)) {
            int next = run.offsetByCodePoints(at, 1);
            terms.add(run.substring(at, next));
            if (next < run.length()) {
                terms.add(run.substring(at, run.offsetByCodePoints(next, 1)));
            }
        }
    }

    static int length(String word) {
        return word.codePointCount(0, word.length());
    }

    /** The first code points of a word. */
    static String beginning(String word, int most) {
        return length(word) <= most ? word : word.substring(0, word.offsetByCodePoints(0, most));
    }

    /** The words and runs of a text, in their order. */
    static List<Run> runs(String text) {
        String folded = folded(cut(text));
        List<Run> runs = new ArrayList<>();
        int start = 0;
        Kind kind = Kind.NONE;
        int at = 0;
        while (at < folded.length()) {
            int code = folded.codePointAt(at);
            Kind next = kind(code, kind);
            if (next != kind) {
                add(runs, folded, start, at, kind);
                start = at;
                kind = next;
            }
            at += Character.charCount(code);
        }
        add(runs, folded, start, folded.length(), kind);
        return runs;
    }

    private static void add(List<Run> runs, String folded, int from, int to, Kind kind) {
        if (kind != Kind.NONE) {
            runs.add(new Run(folded.substring(from, to), kind == Kind.SPACED));
        }
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARS) {
            return text;
        }
        return text.substring(0, MOST_CHARS - (Character.isHighSurrogate(text.charAt(MOST_CHARS - 1)) ? 1 : 0));
    }

    private static Kind kind(int code, Kind before) {
        if (code < 0x80) {
            return Character.isLetterOrDigit(code) ? Kind.SPACED : Kind.NONE;
        }
        if (!Character.isLetterOrDigit(code) && !isMark(code)) {
            return Kind.NONE;
        }
        UnicodeScript script = UnicodeScript.of(code);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Kind.UNSPACED;
            case COMMON, INHERITED -> before == Kind.UNSPACED && !Character.isDigit(code) ? before : Kind.SPACED;
            default -> Kind.SPACED;
        };
    }

    private static boolean isMark(int code) {
        int type = Character.getType(code);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    // ---- normalisation

    private static String folded(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String upper =
                withoutAccents(Normalizer.normalize(text, Normalizer.Form.NFKD)).toUpperCase(Locale.ROOT);
        StringBuilder lower = new StringBuilder(upper.length());
        upper.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint); // one by one: no final sigma
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String withoutAccents(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        text.codePoints().filter(code -> !isLeftOut(code)).forEach(rest::appendCodePoint);
        return rest.toString();
    }

    private static boolean isLeftOut(int code) {
        if (code < 0x80) {
            return false;
        }
        int type = Character.getType(code);
        if (type == Character.FORMAT) {
            return true;
        }
        if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(code);
        return (script == UnicodeScript.INHERITED && VOICING.indexOf(code) < 0) || script == UnicodeScript.HEBREW;
    }
}
