package io.parley.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of one or more rooms, column by column, to be inserted with one statement. One thread. */
final class PostgresEntries {
    private final List<Integer> rooms = new ArrayList<>();
    private final List<Long> seqs = new ArrayList<>();
    private final List<@Nullable Long> origins = new ArrayList<>();
    private final List<@Nullable Long> cids = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();
    private final List<Integer> sums = new ArrayList<>();

    void add(int room, List<EntryRow> entries) {
        for (EntryRow entry : entries) {
            boolean command = entry.origin() != 0;
            rooms.add(room);
            seqs.add(entry.seq());
            origins.add(command ? (Long) entry.origin() : null);
            cids.add(command ? (Long) entry.cid() : null);
            times.add(entry.timeMillis());
            contents.add(entry.content());
            sums.add(Sums.entry(room, entry));
        }
    }

    /** How many were inserted; one whose command is kept already is left out. */
    int insert(Link link) throws SQLException {
        Connection connection = link.connection();
        PreparedStatement insert = link.prepare("insert into entry (room, seq, origin, cid, time, content, crc)"
                + " select * from unnest(?, ?, ?, ?, ?, ?, ?) on conflict (origin, cid) do nothing");
        insert.setArray(1, connection.createArrayOf("int4", rooms.toArray()));
        insert.setArray(2, connection.createArrayOf("int8", seqs.toArray()));
        insert.setArray(3, connection.createArrayOf("int8", origins.toArray()));
        insert.setArray(4, connection.createArrayOf("int8", cids.toArray()));
        insert.setArray(5, connection.createArrayOf("int8", times.toArray()));
        insert.setArray(6, connection.createArrayOf("bytea", contents.toArray(byte[][]::new)));
        insert.setArray(7, connection.createArrayOf("int4", sums.toArray()));
        return insert.executeUpdate();
    }
}
