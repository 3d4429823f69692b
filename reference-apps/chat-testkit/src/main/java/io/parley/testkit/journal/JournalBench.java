package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A journal under test, and the calls that the contract makes of it. For one thread; the static methods for any. */
final class JournalBench implements AutoCloseable {
    /** More than any page here has. */
    static final int MANY = 10_000;

    /** More bytes than any page here has. */
    static final int MUCH = 1 << 24;

    private final JournalFixture fixture;
    private final List<Journal> opened = new ArrayList<>(); // and neither closed nor crashed
    private @Nullable Journal journal;

    private JournalBench(JournalFixture fixture) {
        this.fixture = fixture;
    }

    /** A bench with a new journal. */
    static JournalBench open(JournalBinding binding) {
        JournalBench bench = new JournalBench(binding.fixture());
        bench.journal = bench.another();
        return bench;
    }

    /** A bench with a new journal that lasts; else the test is skipped. */
    static JournalBench lasting(JournalBinding binding) {
        JournalBench bench = open(binding);
        bench.assume(bench.fixture.isLasting(), "the journal does not last");
        return bench;
    }

    /** A bench with a new journal whose storage can have several writers; else the test is skipped. */
    static JournalBench shared(JournalBinding binding) {
        JournalBench bench = open(binding);
        bench.assume(bench.fixture.isShared(), "the journal has one writer only");
        return bench;
    }

    /** A bench with a new journal that keeps about so many entries a room; if it has no bound, the test is skipped. */
    static JournalBench keeping(JournalBinding binding, int entries) {
        JournalBench bench = new JournalBench(binding.fixture());
        Journal bounded = bench.fixture.openKeeping(entries);
        bench.assume(bounded != null, "the journal has no bound of entries");
        bench.journal = bounded;
        bench.opened.add(bounded);
        return bench;
    }

    private void assume(boolean holds, String otherwise) {
        if (!holds) {
            close();
        }
        Assumptions.assumeTrue(holds, otherwise);
    }

    JournalFixture fixture() {
        return fixture;
    }

    Journal journal() {
        if (journal == null) {
            throw new IllegalStateException("no journal is open");
        }
        return journal;
    }

    /** Opens the journal once more on the same storage. */
    Journal another() {
        Journal another = fixture.open();
        opened.add(another);
        return another;
    }

    /** Ends the journal in one way, and opens it again. */
    Journal reopen(boolean crash) {
        Journal old = journal();
        opened.remove(old);
        if (crash) {
            fixture.crash(old);
        } else {
            end(old);
        }
        journal = another();
        return journal;
    }

    /** Closes the journal, and opens no other. */
    void closeJournal() {
        opened.remove(journal());
        end(journal());
    }

    private static void end(Journal journal) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        journal.close();
                        ended.complete(true);
                    } catch (Throwable failed) {
                        ended.completeExceptionally(failed);
                    }
                },
                "end-of-journal");
        thread.setDaemon(true);
        thread.start();
        await("close()", ended);
    }

    KeptRoom room(String room) {
        return room(journal(), room);
    }

    static KeptRoom room(Journal journal, String room) {
        return await("open(" + room + ")", journal.open(room));
    }

    /** All entries that are kept of a room. */
    List<Entry.Sequenced> entries(String room) {
        return entries(journal(), room);
    }

    static List<Entry.Sequenced> entries(Journal journal, String room) {
        EntryPage page = read(journal, room, 0, Journal.NONE, MANY, MUCH);
        assertThat(page.more())
                .as(
                        "more, where all %d entries of room %s were read",
                        page.entries().size(), room)
                .isFalse();
        return page.entries();
    }

    EntryPage read(String room, long after, long before, int limit) {
        return read(journal(), room, after, before, limit, MUCH);
    }

    static EntryPage read(Journal journal, String room, long after, long before, int limit, int maxBytes) {
        return await(
                "read(" + room + ", after " + after + ", before " + before + ", limit " + limit + ")",
                journal.read(room, after, before, limit, maxBytes));
    }

    /** All values of a kind. */
    List<KeyValue> values(String kind) {
        return await("values(" + kind + ")", journal().values(kind, "", MANY));
    }

    AppendResult append(AppendRequest request) {
        return append(journal(), request);
    }

    static AppendResult append(Journal journal, AppendRequest request) {
        return await(text(request), journal.append(request));
    }

    /** A request in a few words. */
    static String text(AppendRequest request) {
        return "append of " + request.entries().size() + " to room " + request.room() + " behind "
                + request.expectedHead();
    }

    /** Waits for a result. */
    static <T extends @Nullable Object> T await(String call, @Nullable CompletableFuture<T> future) {
        try {
            return waited(call, future);
        } catch (ExecutionException failed) {
            throw new AssertionError(call + " has failed: " + failed.getCause(), failed.getCause());
        }
    }

    /** Waits for a failure. */
    static Throwable failure(String call, @Nullable CompletableFuture<?> future) {
        try {
            throw new AssertionError(call + " has not failed, but gave " + waited(call, future));
        } catch (ExecutionException failed) {
            return Objects.requireNonNull(failed.getCause());
        }
    }

    private static <T extends @Nullable Object> T waited(String call, @Nullable CompletableFuture<T> future)
            throws ExecutionException {
        if (future == null) {
            throw new AssertionError(call + " has returned null, not a future");
        }
        try {
            return future.get(JournalFixture.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(call + " has no answer within " + JournalFixture.LIMIT, late);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        opened.forEach(JournalBench::end);
        fixture.close();
    }
}
