package io.parley.journal.jdbc;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index of words in PostgreSQL: a table with a row for each block of up to 64 neighbouring entries of a room. The row has a vector of the
 * terms of the block, and the position of a term says which entry of the block has it. No state of its own, for any thread.
 *
 * <p><b>Why blocks.</b> An index of vectors (GIN) has no order: it gives all rows that have the terms, and then they are sorted. A room with a
 * million entries has 16,000 blocks, so that is quick even for the commonest word. Neighbours share many terms, so a block costs about
 * half of what its entries would cost one by one, in time and in space.
 *
 * <p><b>A search</b> looks into the newest blocks without the index, then asks the index for the next {@value #MOST_BLOCKS} that have all terms,
 * and looks into these, the newest first. A block may have all terms and no entry that has all: the phrase operator {@code <0>} passes over it. Of
 * the vector of another block only the terms of the query are left, and then the positions that all of them have say which entries are to be
 * read.
 */
final class PostgresIndex implements SearchIndex {
    /** What a block has at most. */
    static final int BLOCK_ENTRIES = 64;

    /** The newest blocks, which are looked into first. */
    static final int NEWEST_BLOCKS = 8;

    /** How many blocks that the index names are looked into at most. */
    static final int MOST_BLOCKS = 500;

    private static final int AT_ONCE = 64; // blocks: enough for a page if each has one entry
    private static final int VERSION = 3; // of the tables; version 2 had a row for each entry

    static final String NEWEST =
            "select first from search where room = ? and first >= ? and first <= ? order by first desc limit ?";

    // The terms alone are in the inner query, so that the index of terms is the only way.
    static final String WITH_TERMS = "with w as materialized (select room, first from search where terms @@ ?::tsquery)"
            + " select first from w where room = ? and first >= ? and first <= ? order by first desc limit ?";

    // A vector is large and stored apart from its row. The steps keep it from being read for more than they need.
    static final String LOOK = "with b as materialized"
            + " (select room, first, terms from search where room = ? and first = any(?)),"
            + " f as materialized (select room, first, ts_filter(setweight(terms, 'A', ?), '{a}') as few from b"
            + " where ? = 1 or terms @@ ?::tsquery)"
            + " select " + COLUMNS + " from f cross join lateral (select p.at"
            + " from unnest(f.few) t, unnest(t.positions) as p (at) group by p.at having count(*) = ?) c"
            + " join entry e on e.room = f.room and e.seq = f.first + c.at - 1"
            + " where e.seq >= ? and e.seq <= ? order by e.seq desc limit ?";

    private final String place;

    PostgresIndex(String place) {
        this.place = place;
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public List<String> schema() {
        return List.of(
                "create table search (room integer not null, first bigint not null, last bigint not null,"
                        + " terms tsvector not null, primary key (room, first))",
                "create index search_terms on search using gin (terms) with (gin_pending_list_limit = 512)",
                PositionTable.POSTGRES);
    }

    @Override
    public int blockEntries() {
        return BLOCK_ENTRIES;
    }

    /** Not synced: after a crash of the server the position of the room is as old as the index. */
    @Override
    public void insert(Link link, int room, List<IndexRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        long first = rows.get(0).seq();
        link.execute("set local synchronous_commit = off");
        link.update(
                "insert into search (room, first, last, terms) values (?, ?, ?, ?::tsvector)"
                        + " on conflict (room, first) do nothing",
                room,
                first,
                rows.get(rows.size() - 1).seq(),
                vector(rows, first));
    }

    /** The terms of a block, each with the positions of its entries; the first entry has position 1. */
    private static String vector(List<IndexRow> rows, long first) {
        Map<String, StringBuilder> positions = new TreeMap<>();
        for (IndexRow row : rows) {
            for (String term : row.terms()) {
                StringBuilder before = positions.get(term);
                if (before == null) {
                    positions.put(term, new StringBuilder().append(row.seq() - first + 1));
                } else {
                    before.append(',').append(row.seq() - first + 1);
                }
            }
        }
        StringBuilder vector = new StringBuilder();
        positions.forEach((term, at) ->
                vector.append('\'').append(term).append("':").append(at).append(' '));
        return vector.toString();
    }

    /** The database does it by itself. */
    @Override
    public boolean merge(Link link) {
        return false;
    }

    /** A block stays until all its entries are deleted. */
    @Override
    public void deleteBelow(Link link, int room, long floor) throws SQLException {
        link.update("delete from search where room = ? and first < ? and last < ?", room, floor, floor);
    }

    /** The whole block: nobody searches in a room that was forgotten. */
    @Override
    public void deleteForgotten(Link link, long origin, long cid) throws SQLException {
        link.update(
                "delete from search s using entry e where e.origin = ? and e.cid = ? and s.room = e.room"
                        + " and s.first <= e.seq and s.last >= e.seq and s.first > e.seq - ?"
                        + " and e.room not in (select id from room)",
                origin,
                cid,
                BLOCK_ENTRIES);
    }

    @Override
    public Found find(Link link, int room, List<String> terms, long from, long to, int limit) throws SQLException {
        // The vectors are stored apart from their rows, which the planner does not know: it takes reading all of them
        // for cheap.
        link.execute("set local enable_seqscan = off");
        long lowest = from - BLOCK_ENTRIES + 1;
        Look look = new Look(link, room, terms, from, to, limit);
        List<Long> newest = link.all(NEWEST, row -> row.getLong(1), room, lowest, to, NEWEST_BLOCKS);
        look.into(newest);
        if (newest.size() < NEWEST_BLOCKS || look.isFull()) {
            return look.found(from);
        }
        long top = newest.get(newest.size() - 1) - 1;
        List<Long> named =
                link.all(WITH_TERMS, row -> row.getLong(1), query(terms, " & "), room, lowest, top, MOST_BLOCKS);
        for (int next = 0; next < named.size() && !look.isFull(); next += AT_ONCE) {
            look.into(named.subList(next, Math.min(named.size(), next + AT_ONCE)));
        }
        return look.found(named.size() < MOST_BLOCKS ? from : Math.max(from, named.get(named.size() - 1)));
    }

    /** A query of PostgreSQL. Terms have no quotation marks and no backslashes. */
    private static String query(List<String> terms, String operator) {
        return "'" + String.join("'" + operator + "'", terms) + "'";
    }

    /** Looks into blocks, and gathers the entries that have all terms. One thread. */
    private final class Look {
        private final Link link;
        private final int room;
        private final Array terms;
        private final int count; // of the terms
        private final String phrase; // they are in one entry
        private final long from;
        private final long to;
        private final int limit;
        private final List<EntryRow> rows = new ArrayList<>();

        Look(Link link, int room, List<String> terms, long from, long to, int limit) throws SQLException {
            this.link = link;
            this.room = room;
            List<String> telling = new ArrayList<>(terms);
            if (terms.size() > 1) {
                telling.remove(SearchIndex.roomTerm(room)); // all entries of the block have it
            }
            this.terms = link.connection().createArrayOf("text", telling.toArray());
            this.count = telling.size();
            this.phrase = query(telling, " <0> ");
            this.from = from;
            this.to = to;
            this.limit = limit;
        }

        boolean isFull() {
            return rows.size() >= limit;
        }

        /** The blocks are older than those before; the newest one is the first. */
        void into(List<Long> blocks) throws SQLException {
            if (!blocks.isEmpty()) {
                rows.addAll(link.all(
                        LOOK,
                        row -> EntryRow.read(place, room, row),
                        room,
                        link.connection().createArrayOf("int8", blocks.toArray()),
                        terms,
                        count,
                        phrase,
                        count,
                        from,
                        to,
                        limit - rows.size()));
            }
        }

        /** What was found, if all from a number on was looked at when there was room for more. */
        Found found(long down) {
            return new Found(rows, isFull() ? rows.get(rows.size() - 1).seq() : down);
        }
    }
}
