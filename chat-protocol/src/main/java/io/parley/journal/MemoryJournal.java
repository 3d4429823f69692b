package io.parley.journal;

import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomState;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory: history lasts as long as the process, within bounds. Its futures are complete when returned.
 * Any thread may call it.
 *
 * <p>Over a bound the oldest goes first: of one room by {@code keepEntries}, of all rooms together by {@code
 * keepBytes}, and of the rooms that are not in use the one unused longest by {@code keepRooms}. Messages are packed as
 * bytes: one takes 48 bytes, its sender, text and tags. Among rooms, ages are compared by the blocks that entries are in, of
 * 1 to 32 KiB.
 */
public final class MemoryJournal implements Journal {
    private static final int SLACK = 32; // a room may have a 32nd more: its oldest entries are dropped many at a time

    /** What is kept of one room; under the lock. */
    private static final class History {
        final long epoch;
        final PackedEntries entries = new PackedEntries();
        CompletableFuture<Long> floor = CompletableFuture.completedFuture(1L);
        RoomState state = RoomState.EMPTY;
        long head;
        int uses;
        long age; // under which it is in the order of ages, or 0

        History(long epoch) {
            this.epoch = epoch;
        }

        long floor() {
            return head - entries.size() + 1;
        }
    }

    private final int keepEntries;
    private final long keepBytes;
    private final int keepRooms;
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final byte[] secret = new byte[SECRET_BYTES];
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final LinkedHashMap<String, History> records = new LinkedHashMap<>(); // the one unused longest first; lock
    private final TreeMap<Long, History> ages = new TreeMap<>(); // those with entries, by their oldest; lock
    private long appended; // entries so far, which is what ages are counted in; lock
    private long bytes; // lock

    /**
     * Makes an empty journal.
     *
     * @param keepEntries entries kept of one room, at least 1; up to a 32nd more may be there, since the oldest are dropped
     *     together
     * @param keepBytes about how much memory the entries of all rooms may take
     * @param keepRooms how many rooms are remembered
     */
    public MemoryJournal(int keepEntries, long keepBytes, int keepRooms) {
        if (keepEntries < 1 || keepBytes < 1 || keepRooms < 1) {
            throw new IllegalArgumentException(
                    "a bound is less than 1: " + keepEntries + ", " + keepBytes + ", " + keepRooms);
        }
        this.keepEntries = keepEntries;
        this.keepBytes = keepBytes;
        this.keepRooms = keepRooms;
        random.nextBytes(secret);
    }

    /**
     * A journal that keeps 10,000 entries a room, {@link #defaultBytes} in all, and 10,000 rooms.
     *
     * @return a new, empty journal
     */
    public static MemoryJournal withDefaults() {
        return new MemoryJournal(10_000, defaultBytes(), 10_000);
    }

    /**
     * How much memory the entries of all rooms may take where nobody says it.
     *
     * @return 256 MiB, or three tenths of the heap if that is less
     */
    public static long defaultBytes() {
        return Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 10 * 3);
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public CompletableFuture<Opened> open(String room) {
        lock.lock();
        try {
            History history = records.get(room);
            if (history == null) {
                history = new History(random.nextLong());
                records.put(room, history);
            }
            history.uses++;
            forgetUnused();
            return CompletableFuture.completedFuture(
                    new Opened(history.epoch, history.head, history.floor(), history.state));
        } finally {
            lock.unlock();
        }
    }

    private void forgetUnused() {
        Iterator<History> eldest = records.values().iterator();
        while (records.size() > keepRooms && eldest.hasNext()) {
            History history = eldest.next();
            if (history.uses <= 0 && records.size() > 1) {
                drop(history, history.entries.size());
                eldest.remove();
            }
        }
    }

    @Override
    public CompletableFuture<Long> append(String room, List<Entry.Sequenced> entries, @Nullable RoomState stateAfter) {
        lock.lock();
        try {
            History history = records.get(room);
            if (history == null) {
                history = new History(random.nextLong());
                history.head = entries.get(0).seq() - 1;
                records.put(room, history);
            }
            add(history, entries);
            if (stateAfter != null) {
                history.state = stateAfter;
            }
            int over = history.entries.size() - keepEntries;
            if (over > keepEntries / SLACK) {
                drop(history, over);
            }
            while (bytes > keepBytes && !ages.isEmpty()) {
                drop(ages.firstEntry().getValue(), 1);
            }
            if (history.floor() != history.floor.join()) {
                history.floor = CompletableFuture.completedFuture(history.floor());
            }
            return history.floor;
        } finally {
            lock.unlock();
        }
    }

    /** Adds all of them, or none. */
    private void add(History history, List<Entry.Sequenced> entries) {
        PackedEntries kept = history.entries;
        long before = kept.bytes();
        int size = kept.size();
        try {
            for (Entry.Sequenced entry : entries) {
                kept.add(entry, ++appended);
            }
            history.head += entries.size();
        } catch (Throwable noMemory) {
            while (kept.size() > size) {
                kept.removeLast();
            }
            throw noMemory;
        } finally {
            bytes += kept.bytes() - before;
            aged(history);
        }
    }

    private void drop(History history, int count) {
        long before = history.entries.bytes();
        for (int i = 0; i < count; i++) {
            history.entries.removeFirst();
        }
        bytes += history.entries.bytes() - before;
        aged(history);
    }

    /** Puts a room to its place in the order of ages, if that is another now: seldom. */
    private void aged(History history) {
        long age = history.entries.age();
        if (age != history.age) {
            ages.remove(history.age);
            history.age = age;
            if (age != 0) {
                ages.put(age, history);
            }
        }
    }

    @Override
    public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
        lock.lock();
        try {
            History history = records.get(room);
            if (history == null) {
                return CompletableFuture.completedFuture(new EntryPage(List.of(), 1, 0, false));
            }
            return CompletableFuture.completedFuture(page(history, after, before, limit, maxBytes));
        } finally {
            lock.unlock();
        }
    }

    private static EntryPage page(History history, long after, long before, int limit, int maxBytes) {
        long floor = history.floor();
        long from = Math.max(floor, after == NONE ? floor : Math.min(after, history.head) + 1);
        long to = Math.min(history.head, before == NONE ? history.head : before - 1);
        boolean upward = after != NONE;
        int count = (int) Math.max(0, Math.min(limit, to - from + 1));
        long first = upward ? from : to - count + 1;
        List<Entry.Sequenced> found = history.entries.read((int) (first - floor), count, maxBytes, !upward);
        boolean more = !found.isEmpty()
                && (upward
                        ? found.get(found.size() - 1).seq() < to
                        : found.get(0).seq() > from);
        return new EntryPage(List.copyOf(found), floor, history.head, more);
    }

    @Override
    public void close(String room) {
        lock.lock();
        try {
            History history = records.get(room);
            if (history != null && --history.uses <= 0) {
                records.remove(room); // and behind the others again
                records.put(room, history);
                forgetUnused();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void forget(String room) {
        lock.lock();
        try {
            History history = records.remove(room);
            if (history != null) {
                drop(history, history.entries.size());
            }
        } finally {
            lock.unlock();
        }
    }
}
