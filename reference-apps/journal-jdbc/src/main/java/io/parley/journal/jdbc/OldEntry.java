package io.parley.journal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * An entry that may be deleted. Immutable, for any thread.
 *
 * @param room the number of its room
 * @param seq its number in the room
 * @param timeMillis when it was ordered
 * @param bytes how many bytes its content has
 */
record OldEntry(int room, long seq, long timeMillis, long bytes) {
    /** A slice stops when it has deleted so many bytes: what is deleted goes through the log. */
    static final int SLICE_BYTES = 256 << 10;

    private static final int SLICE = 200; // entries
    private static final String SELECT = "select room, seq, time, length(content) from entry ";

    private static OldEntry read(ResultSet from) throws SQLException {
        return new OldEntry(from.getInt(1), from.getLong(2), from.getLong(3), from.getLong(4));
    }

    /** The oldest of a room, the first one first. */
    static List<OldEntry> ofRoom(Link link, int room) throws SQLException {
        return link.all(SELECT + "where room = ? order by seq limit ?", OldEntry::read, room, SLICE);
    }

    /** The oldest of all rooms, in the order of their arrival. */
    static List<OldEntry> ofAll(Link link) throws SQLException {
        return link.all(SELECT + "order by num limit ?", OldEntry::read, SLICE);
    }

    /** The later one, with the bytes of both. */
    OldEntry plus(OldEntry next) {
        return new OldEntry(next.room, next.seq, next.timeMillis, bytes + next.bytes);
    }
}
