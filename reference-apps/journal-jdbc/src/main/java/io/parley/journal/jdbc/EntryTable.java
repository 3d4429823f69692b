package io.parley.journal.jdbc;

import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The table of entries. Rows are in the order of their arrival; beside them are two indexes, by room and number and by command.
 * The columns of a command are null where the entry is by no command, so that the index does not compare them. No state of its
 * own, for any thread.
 */
final class EntryTable {
    private final String place;
    private final Dialect dialect;

    EntryTable(Dialect dialect) {
        this.place = dialect.place();
        this.dialect = dialect;
    }

    /** Inserts all of them, or fewer: then the caller rolls back. */
    boolean insert(Link link, int room, List<EntryRow> rows) throws SQLException {
        return dialect.insert(link, room, rows) == rows.size();
    }

    /** Which commands of these entries are kept, in whatever room. */
    List<KeptCommand> kept(Link link, List<EntryRow> rows) throws SQLException {
        List<KeptCommand> kept = new ArrayList<>();
        for (EntryRow row : rows) {
            if (row.origin() != 0) {
                KeptCommand one = link.one(
                        "select r.key, e.seq from entry e join room r on r.id = e.room where e.origin = ? and e.cid = ?",
                        from -> new KeptCommand(from.getString(1), row.origin(), row.cid(), from.getLong(2)),
                        row.origin(),
                        row.cid());
                if (one != null) {
                    kept.add(one);
                }
            }
        }
        return kept;
    }

    /** Deletes what is in the way of these entries and belongs to a room that was forgotten. */
    int deleteForgotten(Link link, List<EntryRow> rows) throws SQLException {
        int deleted = 0;
        for (EntryRow row : rows) {
            dialect.index().deleteForgotten(link, row.origin(), row.cid());
            deleted += link.update(
                    "delete from entry where origin = ? and cid = ? and room not in (select id from room)",
                    row.origin(),
                    row.cid());
        }
        return deleted;
    }

    /** The commands of a session from a number on; of too many the highest. */
    List<KeptCommand> find(Link link, long origin, long from, int limit) throws SQLException {
        List<KeptCommand> found = link.all(
                "select r.key, e.room, " + EntryRow.COLUMNS.replaceAll("(\\w+)", "e.$1")
                        + " from entry e join room r on r.id = e.room"
                        + " where e.origin = ? and e.cid >= ? order by e.cid desc limit ?",
                row -> {
                    EntryRow entry = EntryRow.read(place, row.getInt("room"), row);
                    return new KeptCommand(row.getString("key"), entry.origin(), entry.cid(), entry.seq());
                },
                origin,
                from,
                limit);
        Collections.reverse(found);
        return List.copyOf(found);
    }

    /** A page of a room; the parameters are those of {@link Journal#read}. */
    EntryPage page(Link link, RoomRow room, long after, long before, int limit, int maxBytes) throws SQLException {
        boolean upward = after != Journal.NONE;
        long from = upward ? Math.max(room.floor(), Math.min(after, room.head()) + 1) : room.floor();
        long to = before == Journal.NONE ? room.head() : Math.min(room.head(), before - 1);
        List<Entry.Sequenced> found = new ArrayList<>();
        if (from <= to && limit > 0) {
            try (ResultSet rows = link.with(
                            "select " + EntryRow.COLUMNS
                                    + " from entry where room = ? and seq >= ? and seq <= ? order by seq"
                                    + (upward ? "" : " desc") + " limit ?",
                            room.number(),
                            from,
                            to,
                            limit)
                    .executeQuery()) {
                read(
                        rows,
                        room,
                        upward ? from : to,
                        (int) Math.min(limit, to - from + 1),
                        upward ? 1 : -1,
                        maxBytes,
                        found);
            }
        }
        if (!upward) {
            Collections.reverse(found);
        }
        boolean more = !found.isEmpty()
                && (upward
                        ? found.get(found.size() - 1).seq() < to
                        : found.get(0).seq() > from);
        return new EntryPage(List.copyOf(found), room.floor(), room.head(), more);
    }

    private void read(
            ResultSet rows, RoomRow room, long first, int count, int step, int maxBytes, List<Entry.Sequenced> found)
            throws SQLException {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            long seq = first + (long) i * step;
            if (!rows.next()) {
                throw EntryRow.damaged(place, room.number(), seq, "it is missing");
            }
            EntryRow row = EntryRow.read(place, room.number(), rows);
            if (row.seq() != seq) {
                throw EntryRow.damaged(place, room.number(), seq, "it is missing");
            }
            bytes += row.content().length;
            if (bytes > maxBytes && i > 0) {
                return;
            }
            found.add(row.decode(place, room.number()));
        }
    }

    /** Deletes a room's entries below a number, from the index, too; how many there were. */
    int deleteBelow(Link link, int room, long floor) throws SQLException {
        dialect.index().deleteBelow(link, room, floor);
        return link.update("delete from entry where room = ? and seq < ?", room, floor);
    }

    /** Deletes the oldest entries of a room that was forgotten, some at a time; whether there may be more. */
    boolean deleteSome(Link link, int room) throws SQLException {
        long bytes = 0;
        long last = 0;
        List<OldEntry> oldest = OldEntry.ofRoom(link, room);
        for (OldEntry old : oldest) {
            last = old.seq();
            bytes += old.bytes();
            if (bytes > OldEntry.SLICE_BYTES) {
                break;
            }
        }
        deleteBelow(link, room, last + 1);
        return !oldest.isEmpty();
    }
}
