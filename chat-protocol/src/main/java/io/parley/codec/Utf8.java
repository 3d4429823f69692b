package io.parley.codec;

/**
 * Strict UTF-8, both ways: table 3-7 of the Unicode standard. No state, for any thread.
 *
 * <p>The JDK's decoder replaces what is wrong; whoever accepts that has two spellings of a name. And it makes up to three
 * arrays on the way to a text; here there are only the caller's.
 */
public final class Utf8 {
    private Utf8() {}

    /**
     * How many bytes a text takes.
     *
     * @param text the text
     * @return its length in UTF-8
     */
    public static int length(String text) {
        int chars = text.length();
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    bytes++;
                } else if (!Character.isSurrogate(c)) {
                    bytes += 2;
                } else if (isPair(text, i)) {
                    bytes += 2; // four bytes for two characters
                    i++;
                }
            }
        }
        return bytes;
    }

    static boolean isAscii(String text) {
        int chars = text.length();
        int all = 0;
        for (int i = 0; i < chars; i++) {
            all |= text.charAt(i); // without a way out the loop is several times as fast
        }
        return all < 0x80;
    }

    /** Writes a text of ASCII only. */
    @SuppressWarnings("deprecation") // because it drops the upper half of characters: there is none
    static void encodeAscii(String text, byte[] into, int from) {
        text.getBytes(0, text.length(), into, from);
    }

    /** Writes a text, half a surrogate pair as a question mark; there is room for {@link #length} bytes. */
    static void encode(String text, byte[] into, int from) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                into[at++] = (byte) c;
            } else if (c < 0x800) {
                into[at++] = (byte) (0xC0 | (c >> 6));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                into[at++] = (byte) (0xE0 | (c >> 12));
                into[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                into[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (isPair(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                into[at++] = (byte) (0xF0 | (point >> 18));
                into[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                into[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                into[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                into[at++] = (byte) '?';
            }
        }
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    /**
     * Reads a text into characters, of which there are never more than bytes.
     *
     * @return how many characters there are, or -1 where the bytes are not well-formed
     */
    static int decode(byte[] bytes, int from, int to, char[] into) {
        int at = from;
        int chars = 0;
        while (at < to) {
            int lead = bytes[at++] & 0xFF;
            int left = to - at;
            if (lead < 0x80) {
                into[chars++] = (char) lead;
            } else if (lead < 0xE0) {
                if (lead < 0xC2 || left < 1 || !isFollower(bytes[at])) {
                    return -1;
                }
                into[chars++] = (char) ((lead & 0x1F) << 6 | bits(bytes[at]));
                at++;
            } else if (lead < 0xF0) {
                if (left < 2 || !isSecond(lead, bytes[at]) || !isFollower(bytes[at + 1])) {
                    return -1;
                }
                into[chars++] = (char) ((lead & 0x0F) << 12 | bits(bytes[at]) << 6 | bits(bytes[at + 1]));
                at += 2;
            } else {
                if (lead > 0xF4
                        || left < 3
                        || !isSecond(lead, bytes[at])
                        || !isFollower(bytes[at + 1])
                        || !isFollower(bytes[at + 2])) {
                    return -1;
                }
                int upper = (lead & 0x07) << 18 | bits(bytes[at]) << 12;
                int point = upper | bits(bytes[at + 1]) << 6 | bits(bytes[at + 2]);
                into[chars++] = Character.highSurrogate(point);
                into[chars++] = Character.lowSurrogate(point);
                at += 3;
            }
        }
        return chars;
    }

    private static boolean isFollower(byte value) {
        return (value & 0xC0) == 0x80;
    }

    private static int bits(byte follower) {
        return follower & 0x3F;
    }

    // Of three and four bytes, the second is where overlong forms, surrogates and points past U+10FFFF show.
    private static boolean isSecond(int lead, byte value) {
        int second = value & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
    }
}
