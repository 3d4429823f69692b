package io.parley.model;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;

/**
 * The scripts of {@link StandardNames}: which letters, digits and combining marks a name can have, and which of them can be in
 * one word. Immutable, for any thread.
 *
 * <p>Each character has a set of <em>writings</em>, a bit for each; characters of one word have one writing in common. A
 * writing is a script, or one of the usual mixtures: Japanese, Korean, Chinese, and Latin among Han, kana or Hangul. This is the
 * "highly restrictive" level of UTS 39, for each word instead of for the whole name.
 *
 * <p>What is accepted is what Unicode 13 knows, which is the Unicode of JDK 17. Newer JDKs know more characters, and would accept
 * them: {@link #ADDED} lists those. A test counts what is accepted, and fails on a JDK that knows more.
 */
final class Scripts {
    /** No writing: such a character cannot be in a name. */
    static final long NONE = 0;

    /** All writings: the digits of ASCII. */
    static final long ALL = -1;

    /** Scripts in use, as UAX 31 recommends them for identifiers, tables 5 and 7; the East Asian ones are below. */
    private static final UnicodeScript[] ALONE = {
        UnicodeScript.GREEK,
        UnicodeScript.CYRILLIC,
        UnicodeScript.ARMENIAN,
        UnicodeScript.GEORGIAN,
        UnicodeScript.HEBREW,
        UnicodeScript.ARABIC,
        UnicodeScript.SYRIAC,
        UnicodeScript.THAANA,
        UnicodeScript.NKO,
        UnicodeScript.ETHIOPIC,
        UnicodeScript.TIFINAGH,
        UnicodeScript.VAI,
        UnicodeScript.DEVANAGARI,
        UnicodeScript.BENGALI,
        UnicodeScript.GURMUKHI,
        UnicodeScript.GUJARATI,
        UnicodeScript.ORIYA,
        UnicodeScript.TAMIL,
        UnicodeScript.TELUGU,
        UnicodeScript.KANNADA,
        UnicodeScript.MALAYALAM,
        UnicodeScript.SINHALA,
        UnicodeScript.MEETEI_MAYEK,
        UnicodeScript.OL_CHIKI,
        UnicodeScript.SAURASHTRA,
        UnicodeScript.SYLOTI_NAGRI,
        UnicodeScript.LEPCHA,
        UnicodeScript.LIMBU,
        UnicodeScript.CHAKMA,
        UnicodeScript.NEWA,
        UnicodeScript.WANCHO,
        UnicodeScript.TIBETAN,
        UnicodeScript.THAI,
        UnicodeScript.LAO,
        UnicodeScript.KHMER,
        UnicodeScript.MYANMAR,
        UnicodeScript.TAI_LE,
        UnicodeScript.NEW_TAI_LUE,
        UnicodeScript.TAI_THAM,
        UnicodeScript.TAI_VIET,
        UnicodeScript.CHAM,
        UnicodeScript.KAYAH_LI,
        UnicodeScript.HANIFI_ROHINGYA,
        UnicodeScript.BALINESE,
        UnicodeScript.JAVANESE,
        UnicodeScript.SUNDANESE,
        UnicodeScript.BATAK,
        UnicodeScript.CHEROKEE,
        UnicodeScript.CANADIAN_ABORIGINAL,
        UnicodeScript.OSAGE,
        UnicodeScript.LISU,
        UnicodeScript.MIAO,
        UnicodeScript.NYIAKENG_PUACHUE_HMONG,
        UnicodeScript.YI,
        UnicodeScript.ADLAM,
        UnicodeScript.BAMUM,
        UnicodeScript.MANDAIC,
    };

    private static final long LATIN = 1L << 58;
    private static final long JAPANESE = 1L << 59;
    private static final long KOREAN = 1L << 60;
    private static final long CHINESE = 1L << 61;
    private static final long LATIN_JAPANESE = 1L << 62;
    private static final long LATIN_KOREAN = 1L << 63;

    private static final long HAN = JAPANESE | KOREAN | CHINESE;
    private static final long LATIN_MIXED = LATIN_JAPANESE | LATIN_KOREAN;
    private static final Map<UnicodeScript, Long> WRITINGS = writings();

    /** Han and kana that are little more than a line or a box: not beside Latin letters, for which they could be taken. */
    private static final String LINES = "一丨丶丿亅乀乁乙乚乛二工口エニノヽヾロー";

    /** Letters of phonetics that living languages use; the other phonetic ones are only accepted if they are in the look-alike table. */
    private static final String LATIN_OF_AFRICA = "ɓɖɗɔəɛɣɨɲʉʊʃ";

    /** The Han of Unicode 13, first and last of each block. */
    private static final int[] HAN_LETTERS = {
        0x3005, 0x3005, 0x3400, 0x4DBF, 0x4E00, 0x9FFC, 0xFA0E, 0xFA29, 0x20000, 0x2A6DD, 0x2A700, 0x2B734, 0x2B740,
        0x2B81D, 0x2B820, 0x2CEA1, 0x2CEB0, 0x2EBE0, 0x30000, 0x3134A,
    };

    /** Ranges, first and last, that Unicode 14 to 18 have added to the scripts above, and of what NFKC replaces by their letters. */
    private static final int[] ADDED = {
        0x0558, 0x0558, 0x058B, 0x058C, 0x05C8, 0x05C9, 0x0870, 0x089F, 0x08B5, 0x08B5, 0x08C8, 0x08D2, 0x0B53, 0x0B54,
        0x0C3C, 0x0C3C, 0x0C5C, 0x0C5D, 0x0CDC, 0x0CDD, 0x0CF3, 0x0CF3, 0x0ECE, 0x0ECE, 0x1B4C, 0x1B4C, 0x1C89, 0x1C8A,
        0x209D, 0x209F, 0xA7C0, 0xA7C1, 0xA7CB, 0xA7F4, 0x10780, 0x107BF, 0x1B123, 0x1B126, 0x1CCD6, 0x1CCF9, 0x1D6A6,
                0x1D6A6,
        0x1DF95, 0x1DFFF, 0x1E030, 0x1E06D,
    };

    private static final int TATWEEL = 0x0640;
    private static final int LONG_VOWEL = 0x30FC; // of kana
    private static final int TIFINAGH_JOINER = 0x2D7F; // shows nothing

    private Scripts() {}

    private static Map<UnicodeScript, Long> writings() {
        Map<UnicodeScript, Long> writings = new EnumMap<>(UnicodeScript.class);
        long next = 1;
        for (UnicodeScript script : ALONE) {
            writings.put(script, next);
            next <<= 1;
        }
        writings.put(UnicodeScript.LATIN, LATIN | LATIN_MIXED);
        writings.put(UnicodeScript.HAN, HAN | LATIN_MIXED);
        writings.put(UnicodeScript.HIRAGANA, JAPANESE | LATIN_JAPANESE);
        writings.put(UnicodeScript.KATAKANA, JAPANESE | LATIN_JAPANESE);
        writings.put(UnicodeScript.HANGUL, KOREAN | LATIN_KOREAN);
        writings.put(UnicodeScript.BOPOMOFO, CHINESE);
        return writings;
    }

    /** Whether Unicode 13 did not know a character. To be asked before normalization, which replaces some of them. */
    static boolean isAdded(int point) {
        return isIn(ADDED, point);
    }

    /**
     * The writings that a letter or digit is used in.
     *
     * @param before the character before it; 0 at the beginning
     */
    static long ofLetter(int point, int before) {
        if (point < 0x80) {
            return point <= '9' ? ALL : LATIN | LATIN_MIXED;
        }
        if (isInvisible(point)) {
            return NONE;
        }
        UnicodeScript script = UnicodeScript.of(point);
        long writings = WRITINGS.getOrDefault(script, NONE);
        long unmixed = isLine(point) ? writings & ~LATIN_MIXED : writings;
        return switch (script) {
            case LATIN -> isLatin(Character.toLowerCase(point)) ? writings : NONE;
            case HAN -> isIn(HAN_LETTERS, point) ? unmixed : NONE;
            case HIRAGANA, KATAKANA -> point > 0xFFFF ? NONE : unmixed;
            case HANGUL -> point >= 0xAC00 ? writings : writings & ~LATIN_MIXED; // a jamo may look like o or l
            case COMMON -> ofCommon(point, before);
            default -> point > 0xFFFF && isOfBasicPlane(script) ? NONE : writings;
        };
    }

    private static long ofCommon(int point, int before) {
        if (point == LONG_VOWEL) {
            UnicodeScript script = before == LONG_VOWEL ? UnicodeScript.KATAKANA : UnicodeScript.of(before);
            boolean lengthens = script == UnicodeScript.KATAKANA || script == UnicodeScript.HIRAGANA;
            return lengthens ? JAPANESE | LATIN_JAPANESE : JAPANESE;
        }
        return point == TATWEEL ? WRITINGS.getOrDefault(UnicodeScript.ARABIC, NONE) : NONE;
    }

    /** Whether a script has its letters in the basic plane: what it has elsewhere is of the past, or came after Unicode 13. */
    private static boolean isOfBasicPlane(UnicodeScript script) {
        return switch (script) {
            case ADLAM, BAMUM, CHAKMA, HANIFI_ROHINGYA, MIAO, NEWA, NYIAKENG_PUACHUE_HMONG, OSAGE, WANCHO -> false;
            default -> true;
        };
    }

    private static boolean isLatin(int lower) {
        return lower < 0x0250
                || (lower >= 0x1E00 && lower <= 0x1EFF)
                || LATIN_OF_AFRICA.indexOf(lower) >= 0
                || LookAlikes.has(lower);
    }

    private static boolean isLine(int point) {
        return LINES.indexOf(point) >= 0;
    }

    /** Whether a letter can have a combining mark that is not part of it. */
    static boolean canHave(int letter, int mark) {
        UnicodeScript script = UnicodeScript.of(letter);
        UnicodeScript own = UnicodeScript.of(mark);
        if (isInvisible(mark) || mark == TIFINAGH_JOINER) {
            return false;
        }
        if (own == UnicodeScript.INHERITED) {
            return switch (script) {
                case LATIN, GREEK, CYRILLIC -> LookAlikes.isAccent(mark);
                case HIRAGANA, KATAKANA -> mark == 0x3099 || mark == 0x309A; // voiced
                case ARABIC -> isPoint(mark);
                default -> false;
            };
        }
        return switch (own) {
            case GREEK, CYRILLIC -> false; // numerals, and old writing
            default -> own == script && (mark <= 0xFFFF || !isOfBasicPlane(own));
        };
    }

    /** Whether a point of Hebrew or Arabic, which may be written or not. */
    static boolean isPoint(int point) {
        if (point < 0x0591 || point > 0x08FF || Character.getType(point) != Character.NON_SPACING_MARK) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(point);
        return script == UnicodeScript.HEBREW
                || script == UnicodeScript.ARABIC
                || (script == UnicodeScript.INHERITED && point <= 0x0670);
    }

    /** Letters and marks that Unicode says to show nothing for (Default_Ignorable_Code_Point). */
    private static boolean isInvisible(int point) {
        return point == 0x034F
                || point == 0x3164
                || point == 0xFFA0
                || isWithin(point, 0x115F, 0x1160)
                || isWithin(point, 0x17B4, 0x17B5)
                || isWithin(point, 0x180B, 0x180F)
                || isWithin(point, 0xFE00, 0xFE0F)
                || isWithin(point, 0xE0000, 0xE0FFF);
    }

    private static boolean isIn(int[] ranges, int point) {
        for (int at = 0; at < ranges.length; at += 2) {
            if (isWithin(point, ranges[at], ranges[at + 1])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(int point, int first, int last) {
        return first <= point && point <= last;
    }
}
