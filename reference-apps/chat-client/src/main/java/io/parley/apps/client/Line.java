package io.parley.apps.client;

/**
 * One thing that a window shows. Immutable, for any thread.
 *
 * @param time milliseconds since 1970
 * @param seq its number in the room; 0 if it has none
 * @param kind what it is
 * @param who who said or did it; empty where that is in the text
 * @param text what; may have line breaks
 */
record Line(long time, long seq, Kind kind, String who, String text) {
    /** The same without its number, which was of a history that is over. */
    Line unnumbered() {
        return seq == 0 ? this : new Line(time, 0, kind, who, text);
    }

    /** What a line is. */
    enum Kind {
        /** Somebody said it. */
        MESSAGE,
        /** Somebody said it, and named this user. */
        MENTION,
        /** This user said it. */
        OWN,
        /** Somebody did it. */
        ACTION,
        /** The operator said it to everybody. */
        NOTICE,
        /** Something happened. */
        EVENT,
        /** Something went wrong. */
        TROUBLE,
        /** What follows has not been read yet. */
        MARK
    }
}
