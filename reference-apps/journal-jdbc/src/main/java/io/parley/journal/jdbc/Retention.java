package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Deletes the oldest entries where there are more than the options allow, some at a time, and moves the floors of their rooms. Of a room
 * the newest entry stays, unless it is too old or all rooms together have too much. Writer only.
 */
final class Retention {
    private static final int SLACK = 32; // a room may have a 32nd more, so that not every append deletes one
    private static final long AGE_NANOS =
            60_000_000_000L; // how often it looks for what others did, and what is too old

    private final JdbcJournalOptions options;
    private final LongSupplier millis;
    private final Set<Integer> over = new LinkedHashSet<>(); // rooms that may be over a bound of theirs
    private long total; // bytes of all rooms
    private boolean totalOver;
    private boolean shared; // other processes append, too
    private boolean aged; // something may be too old
    private boolean everLooked;
    private long lastLook;
    private long freed; // by the current transaction
    private int done; // the room that the current transaction is done with, 0 for none
    private boolean nothingOld; // found by the current transaction

    Retention(JdbcJournalOptions options, LongSupplier millis) {
        this.options = options;
        this.millis = millis;
    }

    /** Looks at what is there at the start. */
    void start(Store store, Link link) throws SQLException {
        shared = store.dialect().isShared();
        count(store, link);
        over.addAll(store.rooms().above(link, options.keepEntries(), options.keepBytes()));
    }

    private void count(Store store, Link link) throws SQLException {
        total = store.rooms().bytes(link);
        totalOver = total > options.keepBytesInAll();
    }

    void appended(RoomRow after, long bytes) {
        total += bytes;
        totalOver |= total > options.keepBytesInAll();
        if (after.entries() - options.keepEntries() > options.keepEntries() / SLACK
                || after.bytes() - options.keepBytes() > options.keepBytes() / SLACK) {
            over.add(after.number());
        }
    }

    boolean isDue(long now) {
        boolean looks = shared || !options.keepAge().equals(JdbcJournalOptions.NO_AGE);
        if (looks && (!everLooked || now - lastLook >= AGE_NANOS)) {
            everLooked = true;
            lastLook = now;
            aged = true;
        }
        return !over.isEmpty() || totalOver || aged;
    }

    void slice(Store store, Link link) throws SQLException {
        freed = 0;
        done = 0;
        nothingOld = false;
        Iterator<Integer> rooms = over.iterator();
        if (rooms.hasNext()) {
            trim(store, link, rooms.next());
        } else {
            deleteOldest(store, link);
        }
    }

    private void trim(Store store, Link link, int number) throws SQLException {
        RoomRow room = store.rooms().lock(link, number);
        if (room == null) {
            done = number;
            return;
        }
        long floor = room.floor();
        for (OldEntry old : OldEntry.ofRoom(link, number)) {
            boolean tooMany = room.head() - floor + 1 > options.keepEntries();
            boolean tooMuch = room.bytes() - freed > options.keepBytes() && floor < room.head();
            if ((!tooMany && !tooMuch) || freed > OldEntry.SLICE_BYTES) {
                break;
            }
            floor = old.seq() + 1;
            freed += old.bytes();
        }
        if (floor == room.floor()) {
            done = number;
        } else {
            move(store, link, room, floor, freed);
        }
    }

    private void deleteOldest(Store store, Link link) throws SQLException {
        if (shared && aged) {
            count(store, link); // what other processes have appended, too
        }
        long before = millis.getAsLong() - options.keepAge().toMillis();
        Map<Integer, OldEntry> last = new LinkedHashMap<>(); // of each room, with the bytes of all
        for (OldEntry old : OldEntry.ofAll(link)) {
            boolean tooMuch = total - freed > options.keepBytesInAll();
            if ((!tooMuch && old.timeMillis() >= before) || freed > OldEntry.SLICE_BYTES) {
                break;
            }
            freed += old.bytes();
            last.merge(old.room(), old, OldEntry::plus);
        }
        nothingOld = last.isEmpty();
        for (OldEntry old : last.values()) {
            RoomRow room = store.rooms().lock(link, old.room());
            if (room != null) {
                move(store, link, room, old.seq() + 1, old.bytes());
            }
        }
    }

    private static void move(Store store, Link link, RoomRow room, long floor, long bytes) throws SQLException {
        store.entries().deleteBelow(link, room.number(), floor);
        store.rooms().write(link, room.trimmed(floor, bytes), null);
    }

    /** The transaction of a slice was committed. */
    void committed() {
        total -= freed;
        over.remove(done);
        totalOver = total > options.keepBytesInAll() && !nothingOld;
        aged &= !nothingOld;
    }

    /** A room was forgotten. */
    void forgotten(RoomRow room) {
        total -= room.bytes();
    }
}
