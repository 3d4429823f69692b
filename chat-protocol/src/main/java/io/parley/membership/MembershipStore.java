package io.parley.membership;

import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import io.parley.model.RoomKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Memberships in the journal. Any thread; nothing blocks.
 *
 * <p>What changes is written within a second, each row once however often it has changed. A list has the changes that are not
 * written yet. A read marker may move with each message, so a row becomes bytes only when it is written.
 * (Over 300 lines, a third of them Javadoc: changes, lists and writing share what is not written yet.)
 */
public final class MembershipStore {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNANSWERED_NANOS = TimeUnit.SECONDS.toNanos(10); // then it is written again
    private static final int AT_ONCE = 256; // rows
    private static final char AFTER_HEX = 'g';
    private static final String START = "";
    private static final String END = "~"; // behind all kinds

    private final Journal journal;
    private final ConcurrentSkipListMap<String, Supplier<KeyValue>> pending =
            new ConcurrentSkipListMap<>(); // by kind and key
    private final AtomicReference<@Nullable Write> writing = new AtomicReference<>();
    private volatile long now; // the last time that it was told
    private long last; // when it began to write; the ticker's
    private CompletableFuture<?> pass = CompletableFuture.completedFuture(null); // the last; the ticker's

    /**
     * Makes the store.
     *
     * @param journal where rows are kept
     * @param nanos the time, in nanoseconds
     */
    public MembershipStore(Journal journal, long nanos) {
        this.journal = journal;
        this.now = nanos;
        this.last = nanos;
    }

    // ---- changes

    /**
     * Writes a membership that has begun or changed.
     *
     * @param room the account's row
     * @param member the room's row
     */
    public void put(JoinedRoom room, RoomMember member) {
        String key = JoinedRoom.rowKey(room.account(), room.kind(), room.number());
        pending.put(place(JoinedRoom.KIND, key), room::value);
        put(member);
    }

    /**
     * Only the room's row has changed.
     *
     * @param member the row
     */
    public void put(RoomMember member) {
        pending.put(place(RoomMember.KIND, RoomMember.rowKey(member.number(), member.id())), member::value);
    }

    /**
     * An account is no member any more.
     *
     * @param account the public id of the account
     * @param kind the kind of room
     * @param number the room's number
     */
    public void remove(long account, RoomKind kind, int number) {
        removal(account, kind, number).forEach(row -> pending.put(place(row.kind(), row.key()), () -> row));
    }

    /**
     * What removes a membership with the entry that ends it. What is not written yet of the membership never will be, so that it
     * cannot come behind that entry.
     *
     * @param account the public id of the account
     * @param kind the kind of room
     * @param number the room's number
     * @return values to be kept with the entry
     */
    public List<KeyValue> removing(long account, RoomKind kind, int number) {
        List<KeyValue> rows = removal(account, kind, number);
        rows.forEach(row -> pending.remove(place(row.kind(), row.key())));
        return rows;
    }

    private static List<KeyValue> removal(long account, RoomKind kind, int number) {
        return List.of(
                new KeyValue(JoinedRoom.KIND, JoinedRoom.rowKey(account, kind, number), null),
                new KeyValue(RoomMember.KIND, RoomMember.rowKey(number, account), null));
    }

    private static String place(String kind, String key) {
        return kind + ' ' + key;
    }

    // ---- lists

    /**
     * A part of a list.
     *
     * @param rows the rows, in the order of their keys
     * @param next the key behind which the list goes on; empty at its end
     * @param <T> what the rows are
     */
    public record Page<T>(List<T> rows, String next) {}

    /**
     * Whether a page of an account's rooms may begin behind a key.
     *
     * @param account the public id of the account
     * @param after the key; empty for the first page
     * @return false for what is no such key
     */
    public static boolean mayBegin(long account, String after) {
        return after.isEmpty() || (after.startsWith(JoinedRoom.prefix(account)) && after.matches("[0-9a-f]{17,25}"));
    }

    /**
     * The rooms of an account.
     *
     * @param account the public id of the account
     * @param after the key behind which the page begins; empty for the first
     * @param limit how many at most
     * @return completes with the rooms
     */
    public CompletableFuture<Page<JoinedRoom>> rooms(long account, String after, int limit) {
        return list(JoinedRoom.KIND, JoinedRoom.prefix(account), after, limit)
                .thenApply(page -> new Page<>(Rows.decoded(page.rows(), JoinedRoom::decode), page.next()));
    }

    /**
     * The rooms of an account that are of one kind.
     *
     * @param account the public id of the account
     * @param kind the kind
     * @param after the key behind which the page begins; empty for the first
     * @param limit how many at most
     * @return completes with the rooms
     */
    public CompletableFuture<Page<JoinedRoom>> rooms(long account, RoomKind kind, String after, int limit) {
        return list(JoinedRoom.KIND, JoinedRoom.prefix(account, kind), after, limit)
                .thenApply(page -> new Page<>(Rows.decoded(page.rows(), JoinedRoom::decode), page.next()));
    }

    /**
     * The members of a room.
     *
     * @param number the room's number
     * @return completes with all of them, those who came first in front
     */
    public CompletableFuture<List<RoomMember>> members(int number) {
        List<KeyValue> all = new ArrayList<>();
        return members(RoomMember.prefix(number), "", all)
                .thenApply(done -> Rows.decoded(all, RoomMember::decode).stream()
                        .sorted(Comparator.comparingLong(RoomMember::sinceMillis))
                        .toList());
    }

    private CompletableFuture<@Nullable Void> members(String prefix, String after, List<KeyValue> all) {
        return list(RoomMember.KIND, prefix, after, AT_ONCE).thenCompose(page -> {
            all.addAll(page.rows());
            return page.next().isEmpty() ? CompletableFuture.completedFuture(null) : members(prefix, page.next(), all);
        });
    }

    /** Rows whose keys begin with a prefix, behind a key. */
    private CompletableFuture<Page<KeyValue>> list(String kind, String prefix, String after, int limit) {
        String from = after.isEmpty() ? prefix : after;
        // First: what is written meanwhile is in this, or in what is read.
        List<KeyValue> changes =
                Rows.encoded(pending.subMap(place(kind, from), false, place(kind, prefix + AFTER_HEX), false)
                        .values());
        return journal.values(kind, from, limit).thenApply(read -> merged(read, changes, prefix, limit));
    }

    private static Page<KeyValue> merged(List<KeyValue> read, List<KeyValue> changes, String prefix, int limit) {
        NavigableMap<String, KeyValue> all = new TreeMap<>();
        read.stream().filter(row -> row.key().startsWith(prefix)).forEach(row -> all.put(row.key(), row));
        boolean complete = all.size() < limit;
        String end = complete ? prefix + AFTER_HEX : all.lastKey();
        for (KeyValue change : changes) {
            if (change.key().compareTo(end) <= 0) {
                all.put(change.key(), change);
            }
        }
        List<KeyValue> rows =
                all.values().stream().filter(row -> row.value() != null).toList();
        if (rows.size() > limit) {
            List<KeyValue> some = rows.subList(0, limit);
            return new Page<>(some, some.get(limit - 1).key());
        }
        return new Page<>(rows, complete ? "" : end);
    }

    // ---- writing

    /** A write that is under way. */
    private static final class Write {
        private final long since;
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        Write(long since) {
            this.since = since;
        }
    }

    /**
     * Writes what has changed, once a second. One thread.
     *
     * @param nanos the time, in nanoseconds
     */
    public void tick(long nanos) {
        now = nanos;
        Write under = writing.get();
        if (under != null && nanos - under.since >= UNANSWERED_NANOS && writing.compareAndSet(under, null)) {
            under.done.complete(false);
        }
        if (nanos - last >= EVERY_NANOS && !pending.isEmpty() && pass.isDone()) {
            last = nanos;
            pass = flush(nanos);
        }
    }

    /**
     * Writes all that has changed. What changes again meanwhile may wait for the next time.
     *
     * @param nanos the time, in nanoseconds
     * @return completes when that is done, or cannot be done now
     */
    public CompletableFuture<@Nullable Void> flush(long nanos) {
        now = nanos;
        return pass(START);
    }

    /** Writes what is behind a place, each row once: else those that change all the time would keep the others waiting. */
    private CompletableFuture<@Nullable Void> pass(String after) {
        String from = after;
        while (!from.equals(END)) {
            CompletableFuture<String> next = write(from);
            if (!next.isDone()) {
                return next.thenCompose(this::pass);
            }
            from = next.join();
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Writes some rows behind a place; completes with the place to go on from, the end if they are not kept. */
    private CompletableFuture<String> write(String after) {
        Write next = new Write(now);
        while (!writing.compareAndSet(null, next)) {
            Write under = writing.get();
            if (under != null) {
                return under.done.thenApply(kept -> kept ? after : END);
            }
        }
        String last = END;
        try {
            List<Map.Entry<String, Supplier<KeyValue>>> rows = pending.tailMap(after, false).entrySet().stream()
                    .limit(AT_ONCE)
                    .toList();
            if (rows.isEmpty()) {
                over(next, rows, true);
            } else {
                last = rows.get(rows.size() - 1).getKey();
                put(next, rows);
            }
        } catch (Throwable broken) {
            Faults.report(broken);
            over(next, List.of(), false);
        }
        String end = last;
        return next.done.thenApply(kept -> kept ? end : END);
    }

    private void put(Write write, List<Map.Entry<String, Supplier<KeyValue>>> rows) {
        List<KeyValue> values =
                Rows.encoded(rows.stream().map(Map.Entry::getValue).toList());
        Faults.whenDone(journal.put(values), (none, error) -> {
            if (error != null) {
                Faults.reportSeldom("memberships could not be kept", error);
            }
            over(write, rows, error == null);
        });
    }

    private void over(Write write, List<Map.Entry<String, Supplier<KeyValue>>> rows, boolean kept) {
        if (writing.compareAndSet(write, null)) {
            if (kept) {
                rows.forEach(row -> pending.remove(row.getKey(), row.getValue())); // unless it has changed again
            }
            write.done.complete(kept);
        }
    }
}
