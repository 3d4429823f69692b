package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends to many rooms with three statements, since each statement is a way to the server and back. That is the usual case: all rooms
 * have the expected heads, and no command is kept yet. If it turns out to be another one, it is undone, and the calls are carried
 * out one by one. One thread.
 */
final class PostgresGroup {
    private static final String UNDO = "rollback to savepoint together";

    private final Link link;
    private final Store store;
    private final List<AppendCall> calls = new ArrayList<>();
    private final List<RoomRow> before = new ArrayList<>(); // of each call
    private final List<RoomRow> after = new ArrayList<>(); // of each call

    PostgresGroup(Link link, Store store) {
        this.link = link;
        this.store = store;
    }

    /**
     * Carries out those of the calls that it can.
     *
     * @return the calls that were carried out; the others are as they were
     */
    List<AppendCall> append(List<AppendCall> candidates) throws SQLException {
        link.execute("savepoint together");
        try {
            choose(candidates);
            if (calls.isEmpty()) {
                return List.of();
            }
            if (insert() == calls.stream().mapToInt(Call::entries).sum()) {
                for (int i = 0; i < calls.size(); i++) {
                    after.add(calls.get(i).next(before.get(i)));
                }
                update();
                for (int i = 0; i < calls.size(); i++) {
                    calls.get(i).carriedOut(after.get(i));
                }
                return calls;
            }
        } catch (DamagedException one) {
            link.execute(UNDO); // then the others are carried out one by one
            return List.of();
        }
        link.execute(UNDO);
        return List.of();
    }

    /** Locks the rooms, and takes the calls that can be carried out together. */
    private void choose(List<AppendCall> candidates) throws SQLException {
        Map<String, RoomRow> rooms = new HashMap<>();
        Object[] keys = candidates.stream().map(Call::lane).toArray();
        store.rooms()
                .lock(link, link.connection().createArrayOf("text", keys))
                .forEach(room -> rooms.put(room.key(), room));
        for (AppendCall call : candidates) {
            RoomRow room = rooms.get(call.lane());
            if (room != null && call.follows(room) && !store.heads().isBehind(room)) {
                calls.add(call);
                before.add(room);
            }
        }
    }

    private int insert() throws SQLException {
        PostgresEntries entries = new PostgresEntries();
        for (int i = 0; i < calls.size(); i++) {
            entries.add(before.get(i).number(), calls.get(i).rows());
        }
        return entries.insert(link);
    }

    private void update() throws SQLException {
        int count = calls.size();
        Integer[] numbers = new Integer[count];
        Long[] heads = new Long[count];
        Long[] bytes = new Long[count];
        byte @Nullable [][] ids = new byte[count][];
        Integer[] sums = new Integer[count];
        for (int i = 0; i < count; i++) {
            RoomRow room = after.get(i);
            numbers[i] = room.number();
            heads[i] = room.head();
            bytes[i] = room.bytes();
            ids[i] = room.lastId();
            sums[i] = Sums.room(room);
        }
        Connection connection = link.connection();
        PreparedStatement update = link.prepare("update room r set head = u.head, bytes = u.bytes, last_id = u.last_id,"
                + " crc = u.crc from unnest(?, ?, ?, ?, ?) as u (id, head, bytes, last_id, crc) where r.id = u.id");
        update.setArray(1, connection.createArrayOf("int4", numbers));
        update.setArray(2, connection.createArrayOf("int8", heads));
        update.setArray(3, connection.createArrayOf("int8", bytes));
        update.setArray(4, connection.createArrayOf("bytea", ids));
        update.setArray(5, connection.createArrayOf("int4", sums));
        update.executeUpdate();
    }
}
