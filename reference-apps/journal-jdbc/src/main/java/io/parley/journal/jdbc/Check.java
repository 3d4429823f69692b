package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads every row, and verifies it. One thread, one transaction. */
final class Check {
    private static final int PAGE = 500; // rows

    /** What the entries of a room add up to. */
    private static final class Sum {
        long count;
        long bytes;
        long lowest = Long.MAX_VALUE;
        long highest;
    }

    private final Store store;
    private final String place;
    private final Link link;
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, Sum> sums = new HashMap<>();
    private long lastNum;
    private long rooms;
    private long entries;
    private long values;

    Check(Store store, Link link) {
        this.store = store;
        this.place = store.dialect().place();
        this.link = link;
    }

    CheckReport run() throws SQLException {
        store.dialect().integrity(link).forEach(this::problem);
        for (String name : List.of(MetaTable.SECRET, MetaTable.HISTORY)) {
            good(() -> store.meta().get(link, name));
        }
        while (entries(lastNum)) {
            if (problems.size() >= CheckReport.MOST_PROBLEMS) {
                break;
            }
        }
        rooms();
        values();
        return new CheckReport(rooms, entries, values, List.copyOf(problems));
    }

    /** Something that is read. */
    @FunctionalInterface
    private interface Reading<T> {
        @Nullable
        T read() throws SQLException;
    }

    private <T> @Nullable T good(Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (DamagedException damaged) {
            problem(String.valueOf(damaged.getMessage()));
            return null;
        }
    }

    private void problem(String words) {
        if (problems.size() < CheckReport.MOST_PROBLEMS) {
            problems.add(words);
        }
    }

    /** Reads some entries behind one; whether there were any. */
    private boolean entries(long after) throws SQLException {
        link.all(
                "select num, room, " + EntryRow.COLUMNS + " from entry where num > ? order by num limit ?",
                this::entry,
                after,
                PAGE);
        return lastNum > after;
    }

    private int entry(ResultSet from) throws SQLException {
        lastNum = from.getLong("num");
        entries++;
        int room = from.getInt("room");
        EntryRow row = good(() -> EntryRow.read(place, room, from));
        if (row != null) {
            good(() -> row.decode(place, room));
            Sum sum = sums.computeIfAbsent(room, key -> new Sum());
            sum.count++;
            sum.bytes += row.content().length;
            sum.lowest = Math.min(sum.lowest, row.seq());
            sum.highest = Math.max(sum.highest, row.seq());
        }
        return room;
    }

    private void rooms() throws SQLException {
        Set<Integer> known = new HashSet<>(link.all("select room from forgotten", row -> row.getInt(1)));
        for (String key : store.rooms().keys(link, "", Integer.MAX_VALUE)) {
            rooms++;
            RoomRow room = good(() -> store.rooms().find(link, key));
            if (room != null) {
                known.add(room.number());
                good(() -> store.rooms().state(link, room));
                compare(room, sums.getOrDefault(room.number(), new Sum()));
            }
        }
        boolean complete = problems.isEmpty();
        for (int number : sums.keySet()) {
            if (complete && !known.contains(number)) {
                problem(place + ", table entry has entries of room " + number + ", which is not there");
            }
        }
    }

    private void compare(RoomRow room, Sum sum) {
        boolean whole = sum.count == room.entries()
                && (sum.count == 0 || (sum.lowest == room.floor() && sum.highest == room.head()));
        if (!whole || sum.bytes != room.bytes()) {
            problem(place + ", room " + room.number() + " (" + room.key() + ") should have entries " + room.floor()
                    + " to " + room.head() + " with " + room.bytes() + " bytes, but has " + sum.count
                    + " good ones with "
                    + sum.bytes + " bytes");
        }
    }

    private void values() throws SQLException {
        String[] last = {"", ""};
        int found = PAGE;
        while (found == PAGE) {
            found = link.all(
                            "select kind, key, content, crc from value where (kind, key) > (?, ?)"
                                    + " order by kind, key limit ?",
                            row -> {
                                last[0] = row.getString(1);
                                last[1] = row.getString(2);
                                return good(() -> store.values().read(row)) != null;
                            },
                            last[0],
                            last[1],
                            PAGE)
                    .size();
            values += found;
        }
    }
}
