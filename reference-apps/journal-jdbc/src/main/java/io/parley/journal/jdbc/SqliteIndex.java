package io.parley.journal.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The index of words in SQLite: a table of FTS5 that keeps no text and no positions, and whose rows have the numbers of the entries.
 * No state of its own, for any thread.
 *
 * <p>SQLite gives the number of the newest row again if that row was deleted. So an entry leaves the index in the transaction in which
 * it is deleted.
 *
 * <p>Each transaction that adds to a table of FTS5 makes a part of the index, and parts are merged now and then. By itself FTS5 merges much at
 * once, in the commit that is one too many; so that is switched off, and little is merged at a time.
 */
final class SqliteIndex implements SearchIndex {
    private static final int MERGED_PAGES = 32; // at a time
    private static final int VERSION = 2; // of the tables

    private final String place;

    SqliteIndex(String place) {
        this.place = place;
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public int blockEntries() {
        return 1;
    }

    @Override
    public List<String> schema() {
        return List.of(
                "create virtual table search using fts5(terms, content = '', contentless_delete = 1, detail = none,"
                        + " tokenize = \"ascii tokenchars '^_'\")",
                "insert into search (search, rank) values ('automerge', 0)",
                "insert into search (search, rank) values ('crisismerge', 64)",
                PositionTable.SQLITE);
    }

    @Override
    public boolean merge(Link link) throws SQLException {
        long before = changes(link);
        link.update("insert into search (search, rank) values ('merge', ?)", MERGED_PAGES);
        return changes(link) - before > 1; // one where nothing was merged
    }

    private static long changes(Link link) throws SQLException {
        Long changes = link.one("select total_changes()", row -> row.getLong(1));
        return changes == null ? 0 : changes;
    }

    @Override
    public void insert(Link link, int room, List<IndexRow> rows) throws SQLException {
        PreparedStatement insert = link.prepare("insert into search (rowid, terms) values (?, ?)");
        for (IndexRow row : rows) {
            insert.setLong(1, row.num());
            insert.setString(2, String.join(" ", row.terms()));
            insert.executeUpdate();
        }
    }

    @Override
    public void deleteBelow(Link link, int room, long floor) throws SQLException {
        link.update(
                "delete from search where rowid in (select num from entry where room = ? and seq < ?)", room, floor);
    }

    @Override
    public void deleteForgotten(Link link, long origin, long cid) throws SQLException {
        link.update(
                "delete from search where rowid in (select num from entry where origin = ? and cid = ?"
                        + " and room not in (select id from room))",
                origin,
                cid);
    }

    @Override
    public Found find(Link link, int room, List<String> terms, long from, long to, int limit) throws SQLException {
        List<EntryRow> rows = link.all(
                "select " + COLUMNS + " from search s cross join entry e on e.num = s.rowid where s.search match ?"
                        + " and s.rowid >= (select num from entry where room = ? and seq >= ? order by seq limit 1)"
                        + " and s.rowid <= (select num from entry where room = ? and seq <= ? order by seq desc limit 1)"
                        + " and e.room = ? order by s.rowid desc limit ?",
                row -> EntryRow.read(place, room, row),
                "\"" + String.join("\" AND \"", terms) + "\"",
                room,
                from,
                room,
                to,
                room,
                limit);
        return new Found(
                rows, rows.size() < limit ? from : rows.get(rows.size() - 1).seq());
    }
}
