package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.List;

/** The table of how far each room is indexed. A room without a row is not indexed at all. No state of its own, for any thread. */
final class PositionTable {
    static final String SQLITE = "create table indexed (room integer primary key, seq integer not null) strict";
    static final String POSTGRES = "create table indexed (room integer primary key, seq bigint not null)";

    /** The number of the last entry of a room that is indexed; 0 if there is none. */
    long of(Link link, int room) throws SQLException {
        Long seq = link.one("select seq from indexed where room = ?", row -> row.getLong(1), room);
        return seq == null ? 0 : seq;
    }

    /** Moves a position on; false if it is not where it was thought to be. */
    boolean move(Link link, int room, long from, long to) throws SQLException {
        return link.update("update indexed set seq = ? where room = ? and seq = ?", to, room, from) > 0
                || (from == 0
                        && link.update(
                                        "insert into indexed (room, seq) values (?, ?) on conflict (room) do nothing",
                                        room,
                                        to)
                                > 0);
    }

    void remove(Link link, int room) throws SQLException {
        link.update("delete from indexed where room = ?", room);
    }

    /** The rooms that have at least so many entries that are not indexed. */
    List<Integer> behind(Link link, int entries) throws SQLException {
        return link.all(
                "select r.id from room r left join indexed i on i.room = r.id"
                        + " where r.head >= coalesce(i.seq, 0) + ? and r.head >= r.floor + ? - 1 order by r.id",
                row -> row.getInt(1),
                entries,
                entries);
    }
}
