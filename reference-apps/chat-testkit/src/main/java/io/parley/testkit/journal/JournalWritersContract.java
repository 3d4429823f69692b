package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.model.Entry;
import io.parley.testkit.transport.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several writers of one room: no hole, nothing lost and nothing twice. */
public interface JournalWritersContract extends JournalBinding {
    /** Writers of one journal that append as fast as they can. */
    @Test
    default void writersOfOneJournalRace() {
        try (JournalBench bench = JournalBench.open(this)) {
            race(bench, List.of(bench.journal(), bench.journal(), bench.journal()));
        }
    }

    /** Writers that have opened the storage each for itself. */
    @Test
    default void writersOfOneStorageRace() {
        try (JournalBench bench = JournalBench.shared(this)) {
            race(bench, List.of(bench.journal(), bench.another(), bench.another()));
        }
    }

    private static void race(JournalBench bench, List<Journal> journals) {
        bench.room("r");
        List<CompletableFuture<List<Entry.Sequenced>>> racing = new ArrayList<>();
        for (int i = 0; i < journals.size(); i++) {
            int number = i + 1;
            CompletableFuture<List<Entry.Sequenced>> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> write(journals.get(number - 1), number, result), "writer-" + number);
            thread.start();
            racing.add(result);
        }
        List<Entry.Sequenced> acknowledged = new ArrayList<>();
        racing.forEach(one -> acknowledged.addAll(JournalBench.await("a writer", one)));
        List<Entry.Sequenced> log = bench.entries("r");
        Set<KeptCommand> seen = new HashSet<>();
        for (int i = 0; i < log.size(); i++) {
            Entry.Sequenced entry = log.get(i);
            assertThat(entry.seq()).as("number of entry %d of the log", i + 1).isEqualTo(i + 1);
            assertThat(seen.add(new KeptCommand("r", entry.origin(), entry.cid(), 0)))
                    .as("command %d of writer %d is kept once", entry.cid(), entry.origin())
                    .isTrue();
        }
        assertThat(log)
                .as("the log is what the writers were told that is kept")
                .containsExactlyInAnyOrderElementsOf(acknowledged);
        for (Journal journal : journals) {
            KeptRoom now = JournalBench.room(journal, "r");
            assertThat(now.head()).as("head, as each writer sees it").isEqualTo(log.size());
            assertThat(JournalBench.entries(journal, "r"))
                    .as("log, as each writer sees it")
                    .isEqualTo(log);
        }
    }

    /** Appends 60 batches, some of them again as if the answer was lost. */
    private static void write(Journal journal, int origin, CompletableFuture<List<Entry.Sequenced>> result) {
        try {
            Random random = new Random(origin);
            JournalWriter writer = new JournalWriter(journal, "r", origin);
            List<Entry.Sequenced> kept = new ArrayList<>();
            long cid = 0;
            for (int i = 0; i < 60; i++) {
                long[] cids = new long[1 + random.nextInt(4)];
                for (int k = 0; k < cids.length; k++) {
                    cids[k] = ++cid;
                }
                while (true) {
                    AppendRequest request = writer.commands(writer.head(), cids);
                    AppendResult answer = JournalBench.append(journal, request);
                    boolean wasKept = answer instanceof AppendResult.Kept;
                    if (random.nextInt(3) == 0) {
                        answer = again(journal, request, wasKept);
                    }
                    if (wasKept) {
                        kept.addAll(request.entries());
                        writer.took(request);
                        break;
                    }
                    writer.know(((AppendResult.Behind) answer).now().head());
                }
            }
            result.complete(kept);
        } catch (Throwable failed) {
            result.completeExceptionally(failed);
        }
    }

    private static AppendResult again(Journal journal, AppendRequest request, boolean wasKept) {
        AppendResult answer = JournalBench.append(journal, request);
        if (!wasKept) {
            assertThat(answer)
                    .as("answer to a refused request, repeated while others write")
                    .isInstanceOf(AppendResult.Behind.class);
        } else if (answer instanceof AppendResult.Already already) {
            assertThat(already.commands())
                    .as("commands of a kept request, repeated while others write")
                    .containsExactlyInAnyOrderElementsOf(JournalWriter.kept(request));
        } else {
            assertThat(answer)
                    .as("answer to a kept request, repeated while others write")
                    .isInstanceOf(AppendResult.Kept.class);
        }
        return answer;
    }

    /** What one writer has appended, another one sees, and can go on from there. */
    @Test
    default void writersSeeEachOther() {
        try (JournalBench bench = JournalBench.shared(this)) {
            Journal other = bench.another();
            KeptRoom room = bench.room("r");
            assertThat(JournalBench.room(other, "r"))
                    .as("the room, as another writer sees it")
                    .isEqualTo(room);
            assertThat(other.secret())
                    .as("secret, as another writer sees it")
                    .isEqualTo(bench.journal().secret());
            JournalWriter first = new JournalWriter(bench.journal(), "r", 1);
            JournalWriter second = new JournalWriter(other, "r", 2);
            AppendRequest request = first.keep(first.next(2, JournalSamples.busy(), JournalSamples.SESSION));
            assertThat(JournalBench.append(other, second.next(1)))
                    .as("append of a writer that does not know of another one's")
                    .isEqualTo(new AppendResult.Behind(bench.room("r")));
            assertThat(JournalBench.entries(other, "r"))
                    .as("entries, as another writer sees them")
                    .isEqualTo(request.entries());
            assertThat(JournalBench.await("values", other.values("session", "", 10)))
                    .as("values, as another writer sees them")
                    .containsExactly(JournalSamples.SESSION);
            second.know(2);
            second.write(1);
            assertThat(JournalBench.append(bench.journal(), request))
                    .as("answer to a request that is repeated after another writer")
                    .isEqualTo(new AppendResult.Already(JournalBench.room(other, "r"), JournalWriter.kept(request)));
        }
    }

    /** Who watches a room is told when another writer has appended; each of the two watches it. */
    @Test
    default void watcherIsToldOfAnotherWriter() {
        try (JournalBench bench = JournalBench.shared(this)) {
            Journal other = bench.another();
            bench.room("r");
            JournalWriter writer = new JournalWriter(other, "r", 2);
            AtomicInteger hints = new AtomicInteger();
            Journal.Watch watch = bench.journal().watch("r", hints::incrementAndGet);
            Journal.Watch others = other.watch("r", () -> {});
            for (int i = 0; i < 5; i++) {
                int before = hints.get();
                writer.write(1);
                Await.until(
                        "a hint of append " + i + " of another writer",
                        JournalFixture.LIMIT,
                        Duration.ofMillis(2),
                        () -> hints.get() > before);
                assertThat(bench.room("r").head()).as("head after the hint").isEqualTo(writer.head());
            }
            watch.close();
            watch.close();
            others.close();
            writer.write(1);
        }
    }

    /** If one writer ends or crashes, the others go on. */
    @Test
    default void endOfOneWriterLeavesTheOthers() {
        try (JournalBench bench = JournalBench.shared(this)) {
            if (!bench.fixture().isLasting()) {
                return; // all writers have the same journal
            }
            Journal other = bench.another();
            JournalWriter writer = new JournalWriter(other, "r", 2);
            for (boolean crash : new boolean[] {true, false}) {
                new JournalWriter(bench.journal(), "s", crash ? 3 : 4).write(1);
                bench.reopen(crash);
                writer.write(3);
                assertThat(bench.room("r").head())
                        .as("head that another one has written")
                        .isEqualTo(writer.head());
            }
        }
    }
}
