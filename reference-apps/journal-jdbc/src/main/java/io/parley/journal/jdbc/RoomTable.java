package io.parley.journal.jdbc;

import io.parley.codec.MalformedException;
import io.parley.journal.DamagedException;
import io.parley.journal.StateCodec;
import io.parley.model.RoomState;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of rooms. No state of its own, for any thread. */
final class RoomTable {
    private static final String COLUMNS = "id, key, epoch, head, floor, bytes, last_id, state_crc, crc";

    private final SecureRandom random = new SecureRandom();
    private final String place;
    private final String forUpdate;

    RoomTable(Dialect dialect) {
        this.place = dialect.place();
        this.forUpdate = dialect.forUpdate();
    }

    /** Finds a room, to read it. */
    @Nullable
    RoomRow find(Link link, String key) throws SQLException {
        return link.one("select " + COLUMNS + " from room where key = ?", this::read, key);
    }

    /** Finds a room, to change it. */
    @Nullable
    RoomRow lock(Link link, String key) throws SQLException {
        return link.one("select " + COLUMNS + " from room where key = ?" + forUpdate, this::read, key);
    }

    /** Finds a room, to change it. */
    @Nullable
    RoomRow lock(Link link, int number) throws SQLException {
        return link.one("select " + COLUMNS + " from room where id = ?" + forUpdate, this::read, number);
    }

    /** The lowest number that a room keeps; null if it was forgotten. */
    @Nullable
    Long floor(Link link, int number) throws SQLException {
        return link.one("select floor from room where id = ?", row -> row.getLong(1), number);
    }

    /** The number of the last entry of a room; 0 if there is none. */
    long head(Link link, int number) throws SQLException {
        Long head = link.one("select head from room where id = ?", row -> row.getLong(1), number);
        return head == null ? 0 : head;
    }

    /** Finds rooms by an array of keys, to change them; in the order of their keys, as everybody locks them. */
    List<RoomRow> lock(Link link, Array keys) throws SQLException {
        return link.all(
                "select " + COLUMNS + " from room where key = any(?) order by key" + forUpdate, this::read, keys);
    }

    /** Finds a room to change it, or makes it. */
    RoomRow open(Link link, String key) throws SQLException {
        RoomRow known = lock(link, key);
        if (known != null) {
            return known;
        }
        long epoch = random.nextLong();
        Integer number = link.one(
                "insert into room (key, epoch, head, floor, bytes, last_id, state, state_crc, crc)"
                        + " values (?, ?, 0, 1, 0, null, null, 0, 0) on conflict (key) do nothing returning id",
                row -> row.getInt(1),
                key,
                epoch);
        if (number == null) { // another writer was faster
            RoomRow theirs = lock(link, key);
            if (theirs == null) {
                throw new SQLException("the room was opened and forgotten at the same time");
            }
            return theirs;
        }
        RoomRow made = new RoomRow(number, key, epoch, 0, 1, 0, null, 0);
        link.update("update room set crc = ? where id = ?", Sums.room(made), number);
        return made;
    }

    /** Gives a room another epoch. */
    RoomRow renew(Link link, RoomRow old) throws SQLException {
        RoomRow room = new RoomRow(
                old.number(),
                old.key(),
                random.nextLong(),
                old.head(),
                old.floor(),
                old.bytes(),
                old.lastId(),
                old.stateSum());
        link.update("update room set epoch = ?, crc = ? where id = ?", room.epoch(), Sums.room(room), room.number());
        return room;
    }

    private RoomRow read(ResultSet from) throws SQLException {
        RoomRow row = new RoomRow(
                from.getInt(1),
                from.getString(2),
                from.getLong(3),
                from.getLong(4),
                from.getLong(5),
                from.getLong(6),
                from.getBytes(7),
                from.getInt(8));
        if (from.getInt(9) != Sums.room(row)) {
            throw damaged(row.number(), row.key(), "its checksum is wrong");
        }
        return row;
    }

    /** The state of a room after its head. */
    RoomState state(Link link, RoomRow row) throws SQLException {
        byte[] state = link.one("select state from room where id = ?", from -> from.getBytes(1), row.number());
        if (Sums.state(state) != row.stateSum()) {
            throw damaged(row.number(), row.key(), "the checksum of its state is wrong");
        }
        try {
            return state == null ? RoomState.EMPTY : StateCodec.decode(state);
        } catch (MalformedException malformed) {
            throw damaged(row.number(), row.key(), "its state is malformed");
        }
    }

    /** Writes a room after an append or a deletion; a state only if it is another one. */
    void write(Link link, RoomRow row, byte @Nullable [] state) throws SQLException {
        if (state == null) {
            link.update(
                    "update room set head = ?, floor = ?, bytes = ?, last_id = ?, crc = ? where id = ?",
                    row.head(),
                    row.floor(),
                    row.bytes(),
                    row.lastId(),
                    Sums.room(row),
                    row.number());
        } else {
            link.update(
                    "update room set head = ?, floor = ?, bytes = ?, last_id = ?, crc = ?, state = ?, state_crc = ?"
                            + " where id = ?",
                    row.head(),
                    row.floor(),
                    row.bytes(),
                    row.lastId(),
                    Sums.room(row),
                    state,
                    row.stateSum(),
                    row.number());
        }
    }

    void delete(Link link, RoomRow row) throws SQLException {
        link.update("delete from room where id = ?", row.number());
    }

    /** Keys behind one, in their order. */
    List<String> keys(Link link, String after, int limit) throws SQLException {
        return link.all(
                "select key from room where key > ? order by key limit ?", row -> row.getString(1), after, limit);
    }

    /** How many bytes the entries of all rooms have. */
    long bytes(Link link) throws SQLException {
        Long sum = link.one("select coalesce(sum(bytes), 0) from room", row -> row.getLong(1));
        return sum == null ? 0 : sum;
    }

    /** The rooms that have more than so much. */
    List<Integer> above(Link link, long entries, long bytes) throws SQLException {
        return link.all(
                "select id from room where head - floor + 1 > ? or bytes > ?", row -> row.getInt(1), entries, bytes);
    }

    private DamagedException damaged(int number, String key, String why) {
        return new DamagedException(place + ", table room, number " + number + " (" + key + ") is damaged: " + why
                + ". Restore a backup, or forget the room.");
    }
}
