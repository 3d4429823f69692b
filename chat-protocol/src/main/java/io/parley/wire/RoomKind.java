package io.parley.wire;

/** What a room is for. Immutable, for any thread. */
public enum RoomKind {
    /** A room with a name, for many. */
    ROOM(0),
    /** The conversation of two; its name is the other's. */
    DIRECT(1);

    private final int code;

    RoomKind(int code) {
        this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    // An unknown kind is still a room that can be read and spoken in.
    static RoomKind of(int code) {
        return code == 1 ? DIRECT : ROOM;
    }
}
