package io.parley.journal;

import io.parley.codec.Bytes;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomState;
import io.parley.model.SearchQuery;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory: history lasts as long as the process, within bounds. Its futures are complete when returned.
 * Any thread may call it.
 *
 * <p>Over a bound the oldest goes first: of one room by {@code keepEntries}, of all rooms together by {@code
 * keepBytes}, and of the rooms that are not in use the one unused longest by {@code keepRooms}. Messages are packed as
 * bytes: one takes about 40 bytes, its sender, text and tags. Among rooms, ages are compared by the blocks that entries are in, of
 * 1 to 32 KiB.
 */
public final class MemoryJournal implements Journal {
    private static final int SLACK = 32; // a room may have a 32nd more: its oldest entries are dropped many at a time

    // A search looks at so many slices, of so many entries or about so many bytes; others have their turn between
    // slices.
    private static final int SEARCH_SLICES = 8;
    private static final int SEARCH_ENTRIES = 256;
    private static final int SEARCH_BYTES = 64 << 10;

    private static final CompletableFuture<AppendResult> NO_MEMORY = CompletableFuture.failedFuture(
            new NotKeptException("there is no memory for it")); // made now: later there is none

    /** What is kept of one room; under the lock. */
    private static final class History {
        final int number;
        final long epoch;
        final PackedEntries entries = new PackedEntries();
        final List<Runnable> watchers = new ArrayList<>(1);
        RoomState state = RoomState.EMPTY;
        long head;
        int uses;
        long age; // under which it is in the order of ages, or 0
        private @Nullable UUID last; // request that was kept
        private AppendResult.Kept floor = new AppendResult.Kept(1);
        private CompletableFuture<AppendResult> kept = CompletableFuture.completedFuture(floor);

        History(int number, long epoch) {
            this.number = number;
            this.epoch = epoch;
        }

        long floor() {
            return head - entries.size() + 1;
        }

        KeptRoom opened() {
            return new KeptRoom(number, epoch, head, floor(), state);
        }

        /** The answer that all is kept: mostly the same as before. */
        CompletableFuture<AppendResult> kept() {
            if (floor.floor() != floor()) {
                floor = new AppendResult.Kept(floor());
                kept = CompletableFuture.completedFuture(floor);
            }
            return kept;
        }

        /** What a request is told that comes when there is another head. */
        AppendResult late(AppendRequest request) {
            if (request.id().equals(last)) {
                return new AppendResult.Kept(floor());
            }
            List<KeptCommand> known = new ArrayList<>();
            long first = Math.max(floor(), request.expectedHead() + 1);
            int count = (int) Math.max(0, head - first + 1);
            for (Entry.Sequenced there : entries.read((int) (first - floor()), count, Integer.MAX_VALUE, false)) {
                for (Entry.Sequenced wanted : request.entries()) {
                    if (there.origin() == wanted.origin() && there.cid() == wanted.cid()) {
                        known.add(new KeptCommand(request.room(), there.origin(), there.cid(), there.seq()));
                    }
                }
            }
            return known.isEmpty()
                    ? new AppendResult.Behind(opened())
                    : new AppendResult.Already(opened(), List.copyOf(known));
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
    private final Map<String, TreeMap<String, KeyValue>> values = new HashMap<>(); // by kind and key; lock
    private int lastNumber; // lock
    private long appended; // entries so far, which is what ages are counted in; lock
    private long bytes; // lock
    private boolean closed; // lock

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
    public boolean isLasting() {
        return false;
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    /** Makes a call, if the journal is not closed. */
    private <T extends @Nullable Object> CompletableFuture<T> call(Supplier<T> call) {
        lock.lock();
        try {
            return closed ? closed() : CompletableFuture.completedFuture(call.get());
        } finally {
            lock.unlock();
        }
    }

    private static <T extends @Nullable Object> CompletableFuture<T> closed() {
        return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed"));
    }

    // ---- rooms

    @Override
    public CompletableFuture<KeptRoom> open(String room) {
        return call(() -> {
            History history = history(room);
            history.uses++;
            forgetUnused();
            return history.opened();
        });
    }

    /** The record of a room, which begins here if there is none. */
    private History history(String room) {
        History history = records.get(room);
        if (history == null) {
            history = new History(++lastNumber, random.nextLong());
            records.put(room, history);
        }
        return history;
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
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        List<Runnable> hints = List.of();
        History history = null;
        lock.lock();
        try {
            if (closed) {
                return closed();
            }
            history = history(request.room());
            if (history.head != request.expectedHead()) {
                return CompletableFuture.completedFuture(history.late(request));
            }
            request.values().forEach(this::keep);
            add(history, request.entries());
            history.last = request.id();
            if (request.stateAfter() != null) {
                history.state = request.stateAfter();
            }
            int over = history.entries.size() - keepEntries;
            if (over > keepEntries / SLACK) {
                drop(history, over);
            }
            while (bytes > keepBytes && !ages.isEmpty()) {
                drop(ages.firstEntry().getValue(), 1);
            }
            if (history.watchers.size() > 1) { // one of them is the writer
                hints = List.copyOf(history.watchers);
            }
            return history.kept();
        } catch (OutOfMemoryError full) {
            if (history != null && history.head != request.expectedHead()) {
                throw full; // it may be kept: by this call, or by an earlier one
            }
            return NO_MEMORY;
        } finally {
            lock.unlock();
            hints.forEach(Runnable::run);
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
            aged(history);
            history.head += entries.size();
        } catch (Throwable noMemory) {
            while (kept.size() > size) {
                kept.removeLast();
            }
            aged(history); // as before, for which no memory is needed
            throw noMemory;
        } finally {
            bytes += kept.bytes() - before;
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
        return call(() -> {
            History history = records.get(room);
            return history == null
                    ? new EntryPage(List.of(), 1, 0, false)
                    : page(history, after, before, limit, maxBytes);
        });
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
    public CompletableFuture<EntryPage> search(String room, SearchQuery query) {
        return slice(room, query.before() == 0 ? NONE : query.before())
                .thenCompose(newest -> search(room, newest, new SearchMatches(query, newest.head()), 1));
    }

    private CompletableFuture<EntryPage> slice(String room, long before) {
        return read(room, NONE, before, SEARCH_ENTRIES, SEARCH_BYTES);
    }

    private CompletableFuture<EntryPage> search(String room, EntryPage slice, SearchMatches matches, int slices) {
        for (int i = slice.entries().size() - 1; i >= 0; i--) {
            matches.look(slice.entries().get(i));
        }
        if (!slice.more()) {
            matches.passed(slice.floor());
        } else if (slices < SEARCH_SLICES && !matches.isFull()) {
            return slice(room, matches.next()).thenCompose(older -> search(room, older, matches, slices + 1));
        }
        return CompletableFuture.completedFuture(matches.page(slice.floor(), slice.head()));
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
    public CompletableFuture<@Nullable Void> forget(String room) {
        return call(() -> {
            History history = records.remove(room);
            if (history != null) {
                drop(history, history.entries.size());
            }
            return null;
        });
    }

    @Override
    public CompletableFuture<List<String>> rooms(String after, int limit) {
        return call(() -> records.keySet().stream()
                .filter(key -> key.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList());
    }

    @Override
    public CompletableFuture<List<KeptCommand>> find(long origin, long from, int limit) {
        return call(List::of);
    }

    @Override
    public Watch watch(String room, Runnable hint) {
        lock.lock();
        try {
            History history = history(room);
            history.watchers.add(hint);
            return () -> unwatch(history, hint);
        } finally {
            lock.unlock();
        }
    }

    private void unwatch(History history, Runnable hint) {
        lock.lock();
        try {
            history.watchers.remove(hint);
        } finally {
            lock.unlock();
        }
    }

    // ---- values

    @Override
    public CompletableFuture<@Nullable Void> put(List<KeyValue> all) {
        return call(() -> {
            all.forEach(this::keep);
            return null;
        });
    }

    private void keep(KeyValue one) {
        if (one.value() != null) {
            values.computeIfAbsent(one.kind(), kind -> new TreeMap<>()).put(one.key(), one);
            return;
        }
        TreeMap<String, KeyValue> kind = values.get(one.kind());
        if (kind != null) {
            kind.remove(one.key());
        }
    }

    @Override
    public CompletableFuture<@Nullable Bytes> value(String kind, String key) {
        return call(() -> {
            TreeMap<String, KeyValue> all = values.get(kind);
            KeyValue one = all == null ? null : all.get(key);
            return one == null ? null : one.value();
        });
    }

    @Override
    public CompletableFuture<List<KeyValue>> values(String kind, String after, int limit) {
        return call(() -> {
            TreeMap<String, KeyValue> all = values.get(kind);
            return all == null
                    ? List.of()
                    : all.tailMap(after, false).values().stream().limit(limit).toList();
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
