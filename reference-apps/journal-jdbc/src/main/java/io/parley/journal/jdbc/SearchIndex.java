package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The index of words, as a database has it. It is derived from the entries, and may lag behind them. Any thread may call it; a link
 * belongs to one thread at a time.
 */
interface SearchIndex {

    /** The version of the database's tables with which these came. */
    int version();

    /** The statements that make its tables, {@code search} and {@code indexed}. */
    List<String> schema();

    /** How many entries of a room are added together. Fewer are not added, until there are as many. */
    int blockEntries();

    /** Adds entries of a room, at most a block. */
    void insert(Link link, int room, List<IndexRow> rows) throws SQLException;

    /**
     * Merges some parts of the index, if it is made of many.
     *
     * @return whether it has; then there may be more to merge
     */
    boolean merge(Link link) throws SQLException;

    /** Removes the entries of a room below a number, while the table of entries still has them. */
    void deleteBelow(Link link, int room, long floor) throws SQLException;

    /** Removes a command of a room that was forgotten, while the table of entries still has it. */
    void deleteForgotten(Link link, long origin, long cid) throws SQLException;

    /**
     * Entries that were found, the newest first.
     *
     * @param down all from this number on was looked at
     */
    record Found(List<EntryRow> rows, long down) {}

    /**
     * Finds entries that have all terms, between two numbers, both included. Does a bounded amount of work: it may find fewer than are wanted
     * and not have come down to the lower number.
     *
     * @param limit how many at most, the newest; not 0
     */
    Found find(Link link, int room, List<String> terms, long from, long to, int limit) throws SQLException;

    /** The columns of {@link EntryRow}, of a table with the alias e. */
    String COLUMNS = EntryRow.COLUMNS.replaceAll("(\\w+)", "e.$1");

    /** The term that all entries of a room have. */
    static String roomTerm(int room) {
        return "_" + room;
    }

    /** The term that all messages of a user have. */
    static String senderTerm(long user) {
        return "__" + Long.toHexString(user);
    }

    /** The terms of a query in a room. */
    static List<String> terms(int room, long sender, List<String> words) {
        List<String> terms = new ArrayList<>(words);
        if (sender != 0) {
            terms.add(senderTerm(sender));
        }
        terms.add(roomTerm(room));
        return terms;
    }
}
