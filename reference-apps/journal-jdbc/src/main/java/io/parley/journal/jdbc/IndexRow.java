package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import io.parley.journal.SearchText;
import io.parley.model.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry as the index has it. Immutable, for any thread.
 *
 * @param num the number of its row
 * @param seq its number in the room
 * @param terms what it is found by; empty if it is not to be found
 * @param chars how much text it has
 */
record IndexRow(long num, long seq, List<String> terms, int chars) {
    private static final System.Logger LOG = System.getLogger(IndexRow.class.getName());

    /** The entries of a room behind a number, the first one first. */
    static List<IndexRow> after(String place, Link link, int room, long seq, int limit) throws SQLException {
        return link.all(
                "select num, " + EntryRow.COLUMNS + " from entry where room = ? and seq > ? order by seq limit ?",
                row -> read(place, room, row),
                room,
                seq,
                limit);
    }

    /** A damaged entry is not found; reading it tells of the damage. */
    private static IndexRow read(String place, int room, ResultSet from) throws SQLException {
        long num = from.getLong("num");
        long seq = from.getLong("seq");
        try {
            Entry.Sequenced entry = EntryRow.read(place, room, from).decode(place, room);
            if (entry instanceof Entry.Message message) {
                List<String> terms = new ArrayList<>(SearchText.terms(message.body()));
                terms.add(SearchIndex.senderTerm(message.author().id()));
                terms.add(SearchIndex.roomTerm(room));
                return new IndexRow(num, seq, List.copyOf(terms), message.body().length());
            }
        } catch (DamagedException damaged) {
            LOG.log(System.Logger.Level.WARNING, "an entry is not in the index", damaged);
        }
        return new IndexRow(num, seq, List.of(), 0);
    }

    boolean isFound() {
        return !terms.isEmpty();
    }
}
