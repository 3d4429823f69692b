package io.parley.room;

/** The kinds of room. All are the same log with the same cursors; they differ in who may be in them. */
public enum RoomKind {
    /** A room with a name, to join and to leave. */
    ROOM,
    /** A conversation of two users, opened on every connection of both at its first message. */
    DIRECT,
    /** The one room of the hub that everybody hears and only the server speaks in. */
    ANNOUNCEMENTS
}
