package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import io.parley.model.Entry;
import io.parley.testkit.transport.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The end of a journal, and the end of its space. */
public interface JournalEndContract extends JournalBinding {
    /** The journal ends when all that was asked of it is done. */
    @Test
    default void closingWaitsForWhatWasAsked() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
            List<Entry.Sequenced> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                AppendRequest request = writer.next(2);
                answers.add(bench.journal().append(request));
                writer.took(request);
                all.addAll(request.entries());
            }
            var page = bench.journal().read("r", 0, Journal.NONE, 1_000, JournalBench.MUCH);
            bench.closeJournal();
            answers.forEach(answer -> assertThat(JournalBench.await("append before close()", answer))
                    .as("answer to an append that was made before close()")
                    .isEqualTo(new AppendResult.Kept(1)));
            assertThat(JournalBench.await("read before close()", page).entries())
                    .as("page that was asked for before close()")
                    .isEqualTo(all);
        }
    }

    /** After its end a journal fails each call; none throws, and none is without an answer. */
    @Test
    default void callsAfterTheEndFail() {
        try (JournalBench bench = JournalBench.open(this)) {
            Journal journal = bench.journal();
            JournalWriter writer = new JournalWriter(journal, "r", 1);
            writer.write(1);
            AppendRequest request = writer.next(1);
            bench.closeJournal();
            journal.close(); // again
            Map<String, Supplier<CompletableFuture<?>>> calls = new LinkedHashMap<>();
            calls.put("open", () -> journal.open("r"));
            calls.put("append", () -> journal.append(request));
            calls.put("read", () -> journal.read("r", 0, Journal.NONE, 10, 10));
            calls.put("find", () -> journal.find(1, 0, 10));
            calls.put("rooms", () -> journal.rooms("", 10));
            calls.put("forget", () -> journal.forget("r"));
            calls.put("put", () -> journal.put(List.of(new KeyValue("k", "a", Bytes.EMPTY))));
            calls.put("value", () -> journal.value("k", "a"));
            calls.put("values", () -> journal.values("k", "", 10));
            calls.forEach((name, call) -> {
                String what = name + " after close()";
                CompletableFuture<?> future;
                try {
                    future = call.get();
                } catch (RuntimeException thrown) {
                    throw new AssertionError(what + " has thrown, where it should return a future that fails", thrown);
                }
                assertThat(JournalBench.failure(what, future))
                        .as("failure of %s", what)
                        .isNotNull();
            });
            journal.close("r");
        }
    }

    /** A journal that is full says so, keeps nothing, is read all the same, and works again when there is space. */
    @Test
    default void fullJournalKeepsNothing() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            AppendRequest before = writer.keep(writer.next(3, JournalSamples.busy()));
            KeptRoom room = bench.room("r");
            Assumptions.assumeTrue(bench.fixture().fill(), "the fixture cannot fill the storage");
            KeyValue value = new KeyValue("k", "a", Bytes.EMPTY);
            AppendRequest request = writer.next(2, JournalSamples.about("never"), value);
            for (int i = 0; i < 3; i++) {
                assertThat(JournalBench.failure(
                                "append to a full journal", bench.journal().append(request)))
                        .as("failure of an append to a full journal")
                        .isInstanceOf(NotKeptException.class);
                assertThat(JournalBench.failure(
                                "put to a full journal", bench.journal().put(List.of(value))))
                        .as("failure of a put to a full journal")
                        .isInstanceOf(NotKeptException.class);
                assertThat(bench.entries("r")).as("entries of a full journal").isEqualTo(before.entries());
                assertThat(bench.room("r")).as("room in a full journal").isEqualTo(room);
                assertThat(bench.values("k")).as("values of a full journal").isEmpty();
            }
            keptIsNeverNotKept(bench, before);
            bench.fixture().free();
            Await.until(
                    "a journal keeps again, after there is space",
                    JournalFixture.LIMIT,
                    Duration.ofMillis(5),
                    () -> isKept(bench.journal(), request));
            writer.took(request);
            writer.write(1);
            assertThat(bench.entries("r"))
                    .as("entries, after there is space again")
                    .hasSize(6);
            assertThat(bench.values("k"))
                    .as("values, after there is space again")
                    .containsExactly(value);
            assertThat(bench.room("r").state())
                    .as("state, after there is space again")
                    .isEqualTo(JournalSamples.about("never"));
        }
    }

    /** A request that was kept is repeated while the journal is full: no answer may say that it was not kept. */
    private static void keptIsNeverNotKept(JournalBench bench, AppendRequest kept) {
        CompletableFuture<AppendResult> answer = bench.journal().append(kept);
        try {
            assertThat(answer.get(JournalFixture.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                    .as("answer to a request that is kept, repeated while the journal is full")
                    .isEqualTo(new AppendResult.Kept(1));
        } catch (ExecutionException failed) {
            assertThat(failed.getCause())
                    .as("failure of a request that is kept, repeated while the journal is full")
                    .isNotInstanceOf(NotKeptException.class);
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("a request that is kept, repeated while the journal is full, has no answer", late);
        }
    }

    private static boolean isKept(Journal journal, AppendRequest request) {
        try {
            return JournalBench.append(journal, request) instanceof AppendResult.Kept;
        } catch (AssertionError failed) {
            return false;
        }
    }
}
