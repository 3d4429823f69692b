package io.parley.journal.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The index of words in PostgreSQL: a table with a vector of terms for each entry. No state of its own, for any thread.
 *
 * <p>The terms are words already, so no configuration for a language is used. Such an index gives no order. So the newest entries are
 * looked through first, and then more and more: a common word is found among the newest, and only of a rare one all entries are sorted.
 */
final class PostgresIndex implements SearchIndex {
    private static final long FIRST_WINDOW = 2_000; // entries
    private static final int GROWTH = 16;

    private final String place;

    PostgresIndex(String place) {
        this.place = place;
    }

    @Override
    public List<String> schema() {
        return List.of(
                "create table search (room integer not null, seq bigint not null, terms tsvector not null,"
                        + " primary key (room, seq))",
                "create index search_terms on search using gin (terms)",
                PositionTable.POSTGRES);
    }

    @Override
    public void insert(Link link, int room, List<IndexRow> rows) throws SQLException {
        PreparedStatement insert = link.prepare("insert into search (room, seq, terms)"
                + " values (?, ?, array_to_tsvector(?)) on conflict (room, seq) do nothing");
        for (IndexRow row : rows) {
            insert.setInt(1, room);
            insert.setLong(2, row.seq());
            insert.setArray(
                    3, link.connection().createArrayOf("text", row.terms().toArray()));
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** The database does it by itself. */
    @Override
    public boolean merge(Link link) {
        return false;
    }

    @Override
    public void deleteBelow(Link link, int room, long floor) throws SQLException {
        link.update("delete from search where room = ? and seq < ?", room, floor);
    }

    @Override
    public void deleteForgotten(Link link, long origin, long cid) throws SQLException {
        link.update(
                "delete from search s using entry e where e.origin = ? and e.cid = ? and s.room = e.room and s.seq = e.seq"
                        + " and e.room not in (select id from room)",
                origin,
                cid);
    }

    @Override
    public List<EntryRow> find(Link link, int room, List<String> terms, long from, long to, int limit)
            throws SQLException {
        String query = "'" + String.join("' & '", terms) + "'";
        List<EntryRow> found = new ArrayList<>();
        long top = to;
        for (long window = FIRST_WINDOW; top >= from && found.size() < limit; window *= GROWTH) {
            long low = Math.max(from, top - window + 1);
            found.addAll(window(link, room, query, low, top, limit - found.size()));
            top = low - 1;
        }
        return found;
    }

    private List<EntryRow> window(Link link, int room, String query, long from, long to, int limit)
            throws SQLException {
        return link.all(
                "select " + COLUMNS + " from search s join entry e on e.room = s.room and e.seq = s.seq"
                        + " where s.terms @@ ?::tsquery and s.room = ? and s.seq >= ? and s.seq <= ?"
                        + " order by s.seq desc limit ?",
                row -> EntryRow.read(place, room, row),
                query,
                room,
                from,
                to,
                limit);
    }
}
