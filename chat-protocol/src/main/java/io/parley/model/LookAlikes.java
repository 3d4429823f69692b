package io.parley.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The look-alike table of {@link StandardNames}: what replaces a character in the key of a name. Immutable, for any thread.
 *
 * <p>The table is small and written by hand. It has the letters with which Latin names are imitated most: those of alphabets
 * that share capitals with Latin, and those of fancy text. The confusables of Unicode (UTS 39) are some six thousand more; a
 * program can use them in a {@link NamePolicy} of its own. Keys know no case, so a letter has one replacement for both cases.
 * Where its cases look like different Latin letters, the capital decides: Greek Ν, ν is N.
 *
 * <p>A change of the table changes keys: see {@link StandardNames#KEY_VERSION}.
 */
final class LookAlikes {
    /** Entries: a lower-case letter (Cherokee: capital), an equals sign, and the text that it looks like. */
    private static final String[] LETTERS = {
        // Latin: without a dot, phonetic, and small capitals
        "ı=i ȷ=j ɑ=a ƅ=b ɡ=g ĸ=k ɩ=i ǀ=l ǁ=ll ƿ=p ʋ=v ʒ=3 ȝ=3 ȣ=8 ǝ=ə ỻ=ll",
        "ᴀ=a ʙ=b ᴄ=c ᴅ=d ᴇ=e ꜰ=f ɢ=g ʜ=h ɪ=i ᴊ=j ᴋ=k ʟ=l ᴍ=m ɴ=n ᴏ=o ᴘ=p ꞯ=q ʀ=r ꜱ=s ᴛ=t ᴜ=u ᴠ=v ᴡ=w ʏ=y ᴢ=z",
        // Cyrillic
        "а=a в=b ь=b с=c ԁ=d е=e є=e ԍ=g н=h һ=h і=i ј=j к=k ӏ=l м=m п=n о=o ѻ=o р=p ԛ=q г=r ѕ=s т=t и=u",
        "ѵ=v ш=w ѡ=w ԝ=w х=x у=y ү=y б=6 з=3 ӡ=3 ч=4 ы=bl ю=lo ә=ə ӕ=æ",
        // Greek
        "α=a β=b ε=e ζ=z η=h ι=i ϳ=j κ=k μ=m ν=n ο=o ρ=p ς=σ τ=t υ=y χ=x ω=w",
        // Armenian
        "ց=g հ=h յ=j լ=l ո=n օ=o զ=q ս=u",
        // Cherokee
        "Ꭰ=d Ꭱ=r Ꭲ=t Ꭵ=i Ꭺ=a Ꭻ=j Ꭼ=e Ꮃ=w Ꮇ=m Ꮋ=h Ꮍ=y Ꭹ=y Ꮐ=g Ꮒ=h Ꮓ=z Ꮞ=4 Ꮟ=b Ꮢ=r Ꮤ=w Ꮥ=s Ꮩ=v Ꮪ=s Ꮮ=l Ꮯ=c Ꮲ=p Ꮶ=k Ᏻ=g Ᏼ=b",
        // Lisu
        "ꓮ=a ꓐ=b ꓚ=c ꓓ=d ꓰ=e ꓝ=f ꓖ=g ꓧ=h ꓲ=i ꓙ=j ꓗ=k ꓡ=l ꓟ=m ꓠ=n ꓳ=o ꓑ=p ꓣ=r ꓢ=s ꓔ=t ꓴ=u ꓦ=v ꓪ=w ꓫ=x ꓬ=y ꓜ=z",
        // Canadian syllabics, Tifinagh, N'Ko
        "ᗅ=a ᗩ=a ᗷ=b ᑲ=b ᑕ=c ᗞ=d ᗪ=d ᑯ=d ᕮ=e ᗴ=e ᖴ=f ᕼ=h ᒍ=j ᒪ=l ᗰ=m ᑎ=n ᑭ=p ᖇ=r ᔕ=s ᑌ=u ᐯ=v ᗯ=w ᕽ=x ⴹ=e ⵏ=l ⵔ=o ⵝ=x ߊ=l",
        // Arabic letters that differ by language only; kana that look like each other or like Han
        "ی=ي ى=ي ک=ك ہ=ه ە=ه",
        "ー=一 エ=工 オ=才 カ=力 タ=夕 チ=千 ト=卜 ニ=二 ハ=八 へ=ヘ リ=り ロ=口",
    };

    /** Accents that look alike: each second one is read as the first. */
    private static final String ACCENTS =
            "\u0302\u0311\u0303\u0304\u0303\u0342\u0306\u030c\u0308\u030b\u0308\u030f\u0327\u0326";

    /** Accents that are read as they are. */
    private static final String OWN_ACCENTS =
            "\u0300\u0301\u0302\u0303\u0306\u0308\u0309\u030a\u0313\u0314\u031b\u0327\u0328";

    /** Dots, rings and lines, above or below a letter, that hardly show, and are not read. */
    private static final String DOTS = "\u0307\u0323\u0324\u0325\u032d\u032e\u0330\u0331";

    /** The dots below letters of India, the line that makes Arabic words longer, the tone letters of Lisu: not read. */
    private static final String UNREAD = "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc" + "\u0640" + "ꓸꓹꓺꓻꓼꓽ";

    private static final String[] ASCII = ascii();
    private static final Map<Integer, String> TABLE = table();

    private LookAlikes() {}

    private static String[] ascii() {
        String[] ascii = new String[0x80];
        for (int point = 0; point < ascii.length; point++) {
            ascii[point] = Character.toString(Character.toLowerCase(point));
        }
        ascii['0'] = "o";
        ascii['1'] = "l";
        ascii['I'] = "l";
        ascii['i'] = "l";
        ascii['|'] = "l";
        ascii['M'] = "rn";
        ascii['m'] = "rn";
        ascii['W'] = "vv";
        ascii['w'] = "vv";
        return ascii;
    }

    private static Map<Integer, String> table() {
        Map<Integer, String> table = new HashMap<>();
        for (String row : LETTERS) {
            for (String entry : row.split(" ", -1)) {
                int equals = entry.indexOf('=');
                StringBuilder text = new StringBuilder();
                for (char letter : entry.substring(equals + 1).toCharArray()) {
                    text.append(letter < ASCII.length ? ASCII[letter] : String.valueOf(letter));
                }
                table.put(Character.toLowerCase(entry.codePointAt(0)), text.toString());
            }
        }
        for (int at = 0; at < ACCENTS.length(); at += 2) {
            table.put((int) ACCENTS.charAt(at + 1), ACCENTS.substring(at, at + 1));
        }
        (DOTS + UNREAD).chars().forEach(point -> table.put(point, ""));
        return Map.copyOf(table);
    }

    /**
     * What is read in the place of a character.
     *
     * @param point a character of a name that is decomposed and, unless it is ASCII, folded
     * @return the text; empty if the character is not read, null if it is read as it is
     */
    static @Nullable String replacement(int point) {
        if (point < ASCII.length) {
            return ASCII[point];
        }
        String found = TABLE.get(point);
        if (found != null) {
            return found;
        }
        if (Character.isDigit(point)) {
            return ASCII['0' + Character.digit(point, 10)];
        }
        return Scripts.isPoint(point) ? "" : null;
    }

    /** Whether the table has a letter, in lower case. */
    static boolean has(int letter) {
        return TABLE.containsKey(letter);
    }

    /** Whether letters of Latin, Greek and Cyrillic may have an accent. */
    static boolean isAccent(int point) {
        return ACCENTS.indexOf(point) >= 0 || OWN_ACCENTS.indexOf(point) >= 0 || DOTS.indexOf(point) >= 0;
    }
}
