package io.parley.journal.jdbc;

import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.StateCodec;
import io.parley.model.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the journal of a folder from rooms, entries and values, such as a {@link JournalReader} gives. There is a journal in the folder
 * when {@link #finish} has returned a good report; until then there is none. One thread; its methods block.
 *
 * <p>Rooms keep their numbers and get other epochs.
 */
public final class JournalImport implements AutoCloseable {
    private final NewDatabase made;
    private final Link link;
    private final Map<String, RoomRow> rooms = new HashMap<>();

    private JournalImport(NewDatabase made, byte[] secret) throws SQLException {
        this.made = made;
        this.link = made.open();
        try {
            link.execute("pragma synchronous = off"); // the file is synced as a whole
            link.execute("begin immediate");
            Schema.prepare(made.store().dialect(), link);
            made.store().meta().put(link, MetaTable.SECRET, secret);
        } catch (SQLException | RuntimeException failed) {
            link.discard();
            throw failed;
        }
    }

    /**
     * Begins.
     *
     * @param folder the folder, which is made if it is not there; there must be no journal in it
     * @param secret the secret of the journal, from which public ids of accounts are derived
     * @return the import, to be closed
     * @throws IOException if the folder cannot be written
     * @throws SQLException if the database cannot be made
     * @throws JournalOpenException if the folder cannot be used
     */
    public static JournalImport into(Path folder, byte[] secret) throws IOException, SQLException {
        NewDatabase made = NewDatabase.in(folder);
        try {
            return new JournalImport(made, secret);
        } catch (SQLException | RuntimeException failed) {
            made.close();
            throw failed;
        }
    }

    /**
     * Makes a room. Its entries follow: those from its floor to its head.
     *
     * @param key the room's key; not one that was used
     * @param room the room, whose epoch is of no importance
     * @throws SQLException if that cannot be written
     * @throws IllegalArgumentException if its numbers make no sense
     */
    public void room(String key, KeptRoom room) throws SQLException {
        String wrong = CallLimits.wrongKey(key);
        if (wrong != null || room.number() < 1 || room.floor() < 1 || room.head() < room.floor() - 1) {
            throw new IllegalArgumentException(wrong == null ? "the numbers of room " + key + " make no sense" : wrong);
        }
        byte[] state = StateCodec.encode(room.state());
        RoomRow row = new RoomRow(
                room.number(), key, room.epoch(), room.floor() - 1, room.floor(), 0, null, Sums.state(state));
        link.update(
                "insert into room (id, key, epoch, head, floor, bytes, last_id, state, state_crc, crc)"
                        + " values (?, ?, ?, ?, ?, 0, null, ?, ?, ?)",
                row.number(),
                key,
                row.epoch(),
                row.head(),
                row.floor(),
                state,
                row.stateSum(),
                Sums.room(row));
        rooms.put(key, row);
    }

    /**
     * Adds entries to a room.
     *
     * @param key the room's key
     * @param entries the next ones, numbered on without holes
     * @throws SQLException if they cannot be written
     * @throws IllegalArgumentException if the room was not made, the numbers are others, or a command is there twice
     */
    public void entries(String key, List<? extends Entry.Sequenced> entries) throws SQLException {
        RoomRow room = rooms.get(key);
        if (room == null) {
            throw new IllegalArgumentException("there is no room " + key);
        }
        List<EntryRow> rows = entries.stream().map(EntryRow::of).toList();
        long bytes = 0;
        long head = room.head();
        for (EntryRow row : rows) {
            head++;
            bytes += row.content().length;
            if (row.seq() != head) {
                throw new IllegalArgumentException(
                        "in room " + key + " entry " + row.seq() + " comes where " + head + " should be");
            }
        }
        if (!made.store().entries().insert(link, room.number(), rows)) {
            throw new IllegalArgumentException("in room " + key + " there is a command that is in the journal already");
        }
        RoomRow next = new RoomRow(
                room.number(), key, room.epoch(), head, room.floor(), room.bytes() + bytes, null, room.stateSum());
        made.store().rooms().write(link, next, null);
        rooms.put(key, next);
    }

    /**
     * Adds values.
     *
     * @param values the values; one with a key that was used replaces it
     * @throws SQLException if they cannot be written
     * @throws IllegalArgumentException if a value is too long
     */
    public void values(List<KeyValue> values) throws SQLException {
        String wrong = CallLimits.wrongValues(values);
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
        made.store().values().put(link, values);
    }

    /**
     * Verifies all of it, and makes it the folder's journal.
     *
     * @return what is there now; if that is not good, there is no journal in the folder
     * @throws IOException if the file cannot be written
     * @throws SQLException if the database cannot be written
     */
    public CheckReport finish() throws IOException, SQLException {
        SqliteBackup.renew(made.store(), link);
        link.execute("commit");
        link.close();
        return made.finish(null);
    }

    @Override
    public void close() throws IOException {
        link.discard();
        made.close();
    }
}
