package io.parley.apps.client.window;

/**
 * A line of a window: a message or an event. Immutable, for any thread.
 *
 * @param time milliseconds since 1970
 * @param seq its number in the room; 0 if it has none
 * @param kind the kind of line
 * @param who the sender; empty if the text says who it was
 * @param text the text; may have line breaks
 */
public record Line(long time, long seq, Kind kind, String who, String text) {
    /** The same line without its number. */
    Line unnumbered() {
        return seq == 0 ? this : new Line(time, 0, kind, who, text);
    }

    /** The kind of a line. */
    public enum Kind {
        /** A message. */
        MESSAGE,
        /** A message that mentions the user. */
        MENTION,
        /** A message of the user. */
        OWN,
        /** A message of the user that is not said yet. */
        PENDING,
        /** An action (/me). */
        ACTION,
        /** An announcement of the operator. */
        NOTICE,
        /** An event. */
        EVENT,
        /** An error. */
        ERROR,
        /** The mark before unread lines. */
        MARK
    }
}
