package io.parley.model;

/** The kinds of room. All are the same log; they differ in who may be in them. Immutable, for any thread. */
public enum RoomKind {
    /** A room with a name, to join and to leave. */
    ROOM(0),
    /** A conversation of two users, opened on every connection of both at its first message. */
    DIRECT(1),
    /** The one room that everybody hears and only the server speaks in. Nobody joins it by a request. */
    ANNOUNCEMENTS(2);

    private final int code;

    RoomKind(int code) {
        this.code = code;
    }

    /**
     * The number that stands for it on the wire and in journals.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    /**
     * Finds it by its number.
     *
     * @param code a number, known or not
     * @return the kind; ROOM for an unknown number: it can be read and spoken in
     */
    public static RoomKind of(int code) {
        return switch (code) {
            case 1 -> DIRECT;
            case 2 -> ANNOUNCEMENTS;
            default -> ROOM;
        };
    }
}
