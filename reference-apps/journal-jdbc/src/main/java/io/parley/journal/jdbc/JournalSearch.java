package io.parley.journal.jdbc;

import io.parley.journal.Journal;
import io.parley.journal.SearchMatches;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import java.sql.SQLException;
import java.util.List;

/**
 * One search in a room: first through the entries that are not indexed yet, then in the index. The entries decide, the index only says
 * where to look. One thread, within a transaction that reads.
 *
 * <p>Its work is bounded: it looks at about 2,000 entries that are not indexed, and at 1,000 that the index names, which has a bound of its
 * own. Times ascend in a room,
 * but for clocks that are set back: by up to a minute that is harmless.
 */
final class JournalSearch {
    private static final int SLICES = 8;
    private static final int SLICE_ENTRIES = 256;
    private static final int SLICE_BYTES = 64 << 10;
    private static final int CANDIDATES = 1_000;
    private static final int FEWEST_CANDIDATES = 50; // at once
    private static final long CLOCK_MILLIS = 60_000;

    private final Store store;
    private final Link link;
    private final RoomRow room;
    private final SearchQuery query;
    private final SearchMatches matches;
    private final Runnable damaged; // told that the index is

    private JournalSearch(Store store, Link link, RoomRow room, SearchQuery query, Runnable damaged) {
        this.store = store;
        this.link = link;
        this.room = room;
        this.query = query;
        this.damaged = damaged;
        this.matches = new SearchMatches(query, room.head());
    }

    static EntryPage run(Store store, Link link, String key, SearchQuery query, Runnable damaged) throws SQLException {
        RoomRow room = store.rooms().find(link, key);
        return room == null
                ? new EntryPage(List.of(), 1, 0, false)
                : new JournalSearch(store, link, room, query, damaged).page();
    }

    private EntryPage page() throws SQLException {
        long from = room.floor();
        if (query.sinceMillis() != 0) {
            from = firstAt(query.sinceMillis() - CLOCK_MILLIS);
        }
        if (query.untilMillis() != 0 && query.untilMillis() < Long.MAX_VALUE - CLOCK_MILLIS) {
            matches.passed(firstAt(query.untilMillis() + CLOCK_MILLIS));
        }
        long indexed = store.positions().of(link, room.number());
        boolean complete = scan(Math.max(from, indexed + 1)) && lookUpOrScan(from);
        if (complete) {
            matches.passed(room.floor());
        }
        return matches.page(room.floor(), room.head());
    }

    /** Looks at all entries down to one; false if there are too many, or enough is found. */
    private boolean scan(long from) throws SQLException {
        for (int slice = 0; slice < SLICES && matches.next() > from && !matches.isFull(); slice++) {
            EntryPage page = store.entries().page(link, room, Journal.NONE, matches.next(), SLICE_ENTRIES, SLICE_BYTES);
            for (int i = page.entries().size() - 1;
                    i >= 0 && page.entries().get(i).seq() >= from;
                    i--) {
                matches.look(page.entries().get(i));
            }
            if (!page.more()) {
                matches.passed(from);
            }
        }
        return matches.next() <= from && !matches.isFull();
    }

    /** An index that is damaged hides nothing: then the entries are looked through. */
    private boolean lookUpOrScan(long from) throws SQLException {
        try {
            return lookUp(from);
        } catch (SQLException failed) {
            if (store.dialect().fault(failed) != Fault.DAMAGED) {
                throw failed;
            }
            damaged.run();
            return scan(from);
        }
    }

    /** Looks at the entries that the index names, down to one; false if there are too many, or enough is found. */
    private boolean lookUp(long from) throws SQLException {
        List<String> terms =
                SearchIndex.terms(room.number(), query.sender(), matches.words().terms());
        int left = CANDIDATES;
        while (matches.next() > from && !matches.isFull()) {
            int most = Math.min(left, Math.max(FEWEST_CANDIDATES, query.limit() + 1));
            if (most <= 0) {
                return false;
            }
            SearchIndex.Found found =
                    store.dialect().index().find(link, room.number(), terms, from, matches.next() - 1, most);
            for (EntryRow row : found.rows()) {
                matches.look(row.decode(store.dialect().place(), room.number()));
            }
            matches.passed(found.down());
            if (found.rows().size() < most && found.down() > from) {
                return false; // the index has looked at enough
            }
            left -= most;
        }
        return !matches.isFull();
    }

    /** The lowest number from which on times are not below a time; one above the head if there is none. */
    private long firstAt(long millis) throws SQLException {
        long low = room.floor();
        long high = room.head() + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Long time = link.one(
                    "select time from entry where room = ? and seq = ?", row -> row.getLong(1), room.number(), middle);
            if (time != null && time < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
