package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.List;

/** An index that may fail when something is added. Any thread. */
record FaultyIndex(SearchIndex real, Adding adding) implements SearchIndex {
    /** Called before something is added. */
    interface Adding {
        void before() throws SQLException;
    }

    @Override
    public int version() {
        return real.version();
    }

    @Override
    public int blockEntries() {
        return real.blockEntries();
    }

    @Override
    public List<String> schema() {
        return real.schema();
    }

    @Override
    public void insert(Link link, int room, List<IndexRow> rows) throws SQLException {
        adding.before();
        real.insert(link, room, rows);
    }

    @Override
    public boolean merge(Link link) throws SQLException {
        adding.before();
        return real.merge(link);
    }

    @Override
    public void deleteBelow(Link link, int room, long floor) throws SQLException {
        real.deleteBelow(link, room, floor);
    }

    @Override
    public void deleteForgotten(Link link, long origin, long cid) throws SQLException {
        real.deleteForgotten(link, origin, cid);
    }

    @Override
    public Found find(Link link, int room, List<String> terms, long from, long to, int limit) throws SQLException {
        return real.find(link, room, terms, from, to, limit);
    }
}
