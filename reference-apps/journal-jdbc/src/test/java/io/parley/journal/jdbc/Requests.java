package io.parley.journal.jdbc;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Requests for tests, and their answers. No state but a counter, for any thread. */
final class Requests {
    static final UserItem ANN = new UserItem(1, UserKind.GUEST, "ann");

    private static final AtomicLong LAST = new AtomicLong();

    private Requests() {}

    /** A request with messages of an origin, whose commands have the numbers of the entries. */
    static AppendRequest said(String room, long head, long origin, int count) {
        return said(room, head, origin, count, 0, "no ");
    }

    static AppendRequest said(String room, long head, long origin, int count, long millis, String text) {
        List<Entry.Sequenced> entries = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            entries.add(new Entry.Message(head + i, millis, origin, head + i, ANN, text + (head + i), Tags.NONE));
        }
        return new AppendRequest(room, head, new UUID(1, LAST.incrementAndGet()), entries, null, List.of());
    }

    /** A request that bans somebody. */
    static AppendRequest ban(String room, long head, long origin) {
        Entry.Sequenced act = new Entry.Moderated(
                head + 1, 0, origin, head + 1, ANN, Action.BAN, new UserItem(9, UserKind.GUEST, "eve"), 0, 0, "", null);
        return new AppendRequest(
                room,
                head,
                new UUID(1, LAST.incrementAndGet()),
                List.of(act),
                RoomState.EMPTY.after(new Entry.TopicChanged(1, 0, 0, 0, ANN, "banned")),
                List.of());
    }

    /** The first message of a request, under another number of the room. */
    static Entry.Sequenced renumbered(AppendRequest request, long seq) {
        Entry.Message old = (Entry.Message) request.entries().get(0);
        return new Entry.Message(seq, old.timeMillis(), old.origin(), old.cid(), old.author(), old.body(), old.tags());
    }

    /** Waits for an answer of any kind. */
    static void failureOrResult(CompletableFuture<?> future) {
        get(future.handle((result, failed) -> 0));
    }

    static AppendResult append(Journal journal, AppendRequest request) {
        return get(journal.append(request));
    }

    static List<Long> seqs(Journal journal, String room) {
        return page(journal, room).entries().stream().map(Entry.Sequenced::seq).toList();
    }

    static EntryPage page(Journal journal, String room) {
        return get(journal.read(room, 0, Journal.NONE, 1_000_000, Integer.MAX_VALUE));
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    static Throwable failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("no failure, but " + future.get(60, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
            return failed.getCause();
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
