package io.parley.membership;

/** Whether a text names somebody. No state, for any thread. */
public final class Mentions {
    private Mentions() {}

    /**
     * Whether a name stands in a text as a word of its own. Upper and lower case are the same.
     *
     * @param body the text
     * @param name the name
     * @return true if it does
     */
    public static boolean of(String body, String name) {
        int last = body.length() - name.length();
        for (int at = 0; at <= last && !name.isEmpty(); at++) {
            if (body.regionMatches(true, at, name, 0, name.length())
                    && isEnd(body, at - 1)
                    && isEnd(body, at + name.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether no word goes on at a place. */
    private static boolean isEnd(String body, int at) {
        if (at < 0 || at >= body.length()) {
            return true;
        }
        int point = Character.isLowSurrogate(body.charAt(at)) ? body.codePointBefore(at + 1) : body.codePointAt(at);
        return !Character.isLetterOrDigit(point) && point != '_';
    }
}
