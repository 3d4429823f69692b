package io.parley.wire;

/**
 * Says whether bytes are well-formed UTF-8: table 3-7 of the Unicode standard. No state, for any thread.
 *
 * <p>The JDK's decoder replaces what is wrong; whoever accepts that has two spellings of a name.
 */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] array, int from, int to) {
        int at = from;
        while (at < to) {
            int first = array[at++];
            if (first >= 0) {
                continue;
            }
            int lead = first & 0xFF;
            int more = followers(lead);
            if (more == 0 || more > to - at || !isSecond(lead, array[at] & 0xFF)) {
                return false;
            }
            for (int i = 1; i < more; i++) {
                if ((array[at + i] & 0xC0) != 0x80) {
                    return false;
                }
            }
            at += more;
        }
        return true;
    }

    // 0 where no character begins so.
    private static int followers(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }

    // The second byte is where overlong forms, surrogates and points past U+10FFFF show.
    private static boolean isSecond(int lead, int second) {
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
    }
}
