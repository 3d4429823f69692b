package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The index of words in PostgreSQL: a table with a vector of terms for each entry. No state of its own, for any thread.
 *
 * <p>The terms are words already, so no configuration for a language is used. Such an index gives no order. So the newest entries are
 * looked through for words that are common among them, and only of a rare word all entries are taken from the index and sorted.
 */
final class PostgresIndex implements SearchIndex {
    private static final long FIRST_WINDOW = 250; // entries
    private static final long LARGEST_WINDOW = 4_000;
    private static final int GROWTH = 4;
    private static final long FEWEST = 1_000; // entries that tell whether a word is rare
    private static final long RARE = 200; // what fewer than one entry in so many has

    // The way to the rows is fixed, since the planner does not know which words are common.
    private static final String NEWEST = "with w as materialized"
            + " (select room, seq, terms from search where room = ? and seq >= ? and seq <= ?)"
            + " select " + COLUMNS + " from w join entry e on e.room = w.room and e.seq = w.seq"
            + " where w.terms @@ ?::tsquery order by w.seq desc limit ?";
    private static final String RAREST = "with p as (select ?::integer as room, ?::bigint as low, ?::bigint as high),"
            + " w as materialized (select room, seq from search where terms @@ ?::tsquery)"
            + " select " + COLUMNS + " from w join p on p.room = w.room and w.seq between p.low and p.high"
            + " join entry e on e.room = w.room and e.seq = w.seq order by w.seq desc limit ?";

    private final String place;

    PostgresIndex(String place) {
        this.place = place;
    }

    @Override
    public List<String> schema() {
        return List.of(
                "create table search (room integer not null, seq bigint not null, terms tsvector not null,"
                        + " primary key (room, seq))",
                "create index search_terms on search using gin (terms) with (gin_pending_list_limit = 512)",
                PositionTable.POSTGRES);
    }

    @Override
    public void insert(Link link, int room, List<IndexRow> rows) throws SQLException {
        Object[] seqs = rows.stream().map(IndexRow::seq).toArray();
        Object[] terms = rows.stream().map(row -> String.join(" ", row.terms())).toArray();
        link.update(
                "insert into search (room, seq, terms)"
                        + " select ?, t.seq, array_to_tsvector(string_to_array(t.terms, ' ')) from unnest(?, ?) as t(seq, terms)"
                        + " on conflict (room, seq) do nothing",
                room,
                link.connection().createArrayOf("int8", seqs),
                link.connection().createArrayOf("text", terms));
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
        long window = FIRST_WINDOW;
        while (top >= from && found.size() < limit) {
            long low = Math.max(from, top - window + 1);
            found.addAll(look(NEWEST, link, room, low, top, query, limit - found.size()));
            top = low - 1;
            window = Math.min(LARGEST_WINDOW, window * GROWTH);
            if (to - top >= FEWEST && found.size() * RARE < to - top) {
                found.addAll(look(RAREST, link, room, from, top, query, limit - found.size()));
                break;
            }
        }
        return found;
    }

    private List<EntryRow> look(String sql, Link link, int room, long from, long to, String query, int limit)
            throws SQLException {
        return link.all(sql, row -> EntryRow.read(place, room, row), room, from, to, query, limit);
    }
}
