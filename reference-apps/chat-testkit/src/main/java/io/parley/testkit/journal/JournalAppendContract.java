package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.model.Entry;
import io.parley.model.RoomState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Appending: all of it or nothing, and in order. */
public interface JournalAppendContract extends JournalBinding {
    /** Entries, the state after them and values are kept together. */
    @Test
    default void keepsEntriesStateAndValues() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            AppendRequest request = writer.next(3, JournalSamples.busy(), JournalSamples.SESSION);
            assertThat(bench.append(request))
                    .as("answer to the first append of a room")
                    .isEqualTo(new AppendResult.Kept(1));
            assertThat(bench.entries("r")).as("entries").isEqualTo(request.entries());
            assertThat(bench.room("r").head()).as("head").isEqualTo(3);
            assertThat(bench.room("r").state()).as("state").isEqualTo(JournalSamples.busy());
            assertThat(bench.values("session")).as("values").containsExactly(JournalSamples.SESSION);
        }
    }

    /** Batches may be small and large. */
    @Test
    default void keepsBatchesOfAnySize() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            List<Entry.Sequenced> all = new ArrayList<>();
            for (int size : new int[] {1, 2, 1, 256, 3, 1_000}) {
                all.addAll(writer.write(size).entries());
                assertThat(bench.room("r").head())
                        .as("head after a batch of %d", size)
                        .isEqualTo(all.size());
            }
            assertThat(bench.entries("r")).as("entries of all batches").isEqualTo(all);
        }
    }

    /** A state stays until there is another one. */
    @Test
    default void stateStaysUntilThereIsAnother() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            RoomState last = RoomState.EMPTY;
            for (RoomState state : List.of(
                    JournalSamples.busy(), JournalSamples.about("tea"), RoomState.EMPTY, JournalSamples.about(""))) {
                writer.write(1);
                assertThat(bench.room("r").state())
                        .as("state after an append without one")
                        .isEqualTo(last);
                writer.keep(writer.next(1, state));
                assertThat(bench.room("r").state())
                        .as("state after an append with one")
                        .isEqualTo(state);
                last = state;
            }
        }
    }

    /** What is appended without waiting is kept in the order of the calls, and a read that follows sees it. */
    @Test
    default void keepsTheOrderOfCalls() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            List<Entry.Sequenced> all = new ArrayList<>();
            List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                AppendRequest request = writer.next(1 + i % 3);
                answers.add(bench.journal().append(request));
                writer.took(request);
                all.addAll(request.entries());
            }
            var page = bench.journal().read("r", all.size() - 2, Journal.NONE, 10, JournalBench.MUCH);
            assertThat(bench.room("r").head())
                    .as("head of a room that was opened right behind the appends")
                    .isEqualTo(all.size());
            assertThat(JournalBench.await("read", page).entries())
                    .as("page that was read right behind the appends")
                    .isEqualTo(all.subList(all.size() - 2, all.size()));
            for (int i = 0; i < answers.size(); i++) {
                assertThat(JournalBench.await("append " + i, answers.get(i)))
                        .as("append %d of those that were made without waiting", i)
                        .isEqualTo(new AppendResult.Kept(1));
            }
            assertThat(bench.entries("r")).as("entries").isEqualTo(all);
        }
    }

    /** The same with many rooms at once. */
    @Test
    default void keepsTheOrderOfCallsInEachRoom() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<JournalWriter> writers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                writers.add(new JournalWriter(bench.journal(), "r" + i, i + 1));
            }
            Map<String, List<Entry.Sequenced>> all = new LinkedHashMap<>();
            List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                JournalWriter writer = writers.get(i * 7 % 40);
                AppendRequest request = writer.next(1 + i % 4);
                answers.add(bench.journal().append(request));
                writer.took(request);
                all.computeIfAbsent(request.room(), room -> new ArrayList<>()).addAll(request.entries());
            }
            answers.forEach(answer -> assertThat(JournalBench.await("append", answer))
                    .as("answer to one of many appends to many rooms")
                    .isEqualTo(new AppendResult.Kept(1)));
            all.forEach((room, entries) -> assertThat(bench.entries(room))
                    .as("entries of room %s", room)
                    .isEqualTo(entries));
        }
    }

    /** An append behind another head than the room's keeps nothing, and the answer says how the room is. */
    @Test
    default void anotherHeadKeepsNothing() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            writer.keep(writer.next(3, JournalSamples.busy(), JournalSamples.SESSION));
            KeptRoom now = bench.room("r");
            List<Entry.Sequenced> entries = bench.entries("r");
            KeyValue other = new KeyValue("session", "1", Bytes.fromHex("02"));
            KeyValue more = new KeyValue("session", "2", Bytes.fromHex("02"));
            for (long head : new long[] {0, 2, 4, 1_000_000}) {
                writer.know(head);
                AppendRequest request = writer.next(2, JournalSamples.about("never"), other, more);
                assertThat(bench.append(request))
                        .as("answer to an append behind %d, where the head is 3", head)
                        .isEqualTo(new AppendResult.Behind(now));
                assertThat(bench.entries("r"))
                        .as("entries after a refused append")
                        .isEqualTo(entries);
                assertThat(bench.room("r")).as("room after a refused append").isEqualTo(now);
                assertThat(bench.values("session"))
                        .as("values after a refused append")
                        .containsExactly(JournalSamples.SESSION);
            }
            writer.know(3);
            writer.write(1);
        }
    }

    /** If one room's append is refused, the appends of other rooms that were made at the same moment are kept. */
    @Test
    default void refusalConcernsOneRoom() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<AppendRequest> requests = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                JournalWriter writer = new JournalWriter(bench.journal(), "r" + i, i + 1);
                writer.know(i % 3 == 1 ? 5 : 0);
                requests.add(writer.next(2));
            }
            List<CompletableFuture<AppendResult>> answers =
                    requests.stream().map(bench.journal()::append).toList();
            for (int i = 0; i < 30; i++) {
                boolean refused = i % 3 == 1;
                assertThat(JournalBench.await("append", answers.get(i)))
                        .as("answer to append %d, where those of %s are refused", i, "r1, r4, r7 and so on")
                        .isInstanceOf(refused ? AppendResult.Behind.class : AppendResult.Kept.class);
                assertThat(bench.entries("r" + i))
                        .as("entries of room r%d", i)
                        .isEqualTo(refused ? List.of() : requests.get(i).entries());
            }
        }
    }

    /** What follows a refused append without waiting is refused, too: there is no hole. */
    @Test
    default void refusalLeavesNoHole() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            JournalWriter other = new JournalWriter(bench.journal(), "r", 2);
            List<AppendRequest> requests = new ArrayList<>();
            requests.add(writer.next(2));
            requests.add(other.next(1)); // behind 0: too late
            other.took(requests.get(1));
            other.know(3);
            requests.add(other.next(1)); // behind 3, where there are two
            writer.took(requests.get(0));
            requests.add(writer.next(1));
            List<CompletableFuture<AppendResult>> answers =
                    requests.stream().map(bench.journal()::append).toList();
            List<Class<?>> kinds = new ArrayList<>();
            answers.forEach(
                    answer -> kinds.add(JournalBench.await("append", answer).getClass()));
            assertThat(kinds)
                    .as("answers to appends behind 0, 0, 3 and 2, made without waiting")
                    .containsExactly(
                            AppendResult.Kept.class,
                            AppendResult.Behind.class,
                            AppendResult.Behind.class,
                            AppendResult.Kept.class);
            List<Entry.Sequenced> kept = new ArrayList<>(requests.get(0).entries());
            kept.addAll(requests.get(3).entries());
            assertThat(bench.entries("r")).as("entries").isEqualTo(kept);
        }
    }

    /** What an answer said was kept is there after a crash, and after a close. */
    @Test
    default void whatWasAcknowledgedOutlivesTheProcess() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            List<Entry.Sequenced> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                JournalWriter writer = new JournalWriter(bench.journal(), "r", i + 1);
                KeyValue value = new KeyValue("session", "1", Bytes.of(new byte[] {(byte) i}));
                all.addAll(writer.keep(writer.next(5, JournalSamples.about("topic " + i), value))
                        .entries());
                bench.reopen(i % 2 == 0);
                String when = i % 2 == 0 ? "after a crash" : "after a close";
                assertThat(bench.entries("r")).as("entries %s", when).isEqualTo(all);
                assertThat(bench.room("r").head()).as("head %s", when).isEqualTo(all.size());
                assertThat(bench.room("r").state()).as("state %s", when).isEqualTo(JournalSamples.about("topic " + i));
                assertThat(bench.values("session")).as("values %s", when).containsExactly(value);
            }
        }
    }

    /** After a crash in the middle of many appends there is no hole, and each can be appended again. */
    @Test
    default void crashInTheMiddleLeavesNoHole() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            List<AppendRequest> requests = new ArrayList<>();
            List<Entry.Sequenced> all = new ArrayList<>();
            List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                AppendRequest request = writer.next(1 + i % 3, JournalSamples.about("topic " + i));
                requests.add(request);
                all.addAll(request.entries());
                writer.took(request);
                answers.add(bench.journal().append(request));
            }
            JournalBench.await("append 20", answers.get(20));
            long acknowledged = 0; // before the crash began
            for (int i = 0; i < requests.size() && answers.get(i).isDone(); i++) {
                acknowledged = requests.get(i).head();
            }
            bench.reopen(true);
            long head = bench.room("r").head();
            for (int i = 0; i < requests.size(); i++) {
                if (requests.get(i).head() == head) {
                    assertThat(bench.room("r").state())
                            .as("state after a crash, where append %d is the last that is kept", i)
                            .isEqualTo(JournalSamples.about("topic " + i));
                }
            }
            assertThat(head).as("head after a crash").isGreaterThanOrEqualTo(acknowledged);
            assertThat(bench.entries("r")).as("entries after a crash").isEqualTo(all.subList(0, (int) head));
            for (AppendRequest request : requests) {
                assertThat(bench.append(request))
                        .as("answer to %s, repeated after a crash behind %d", JournalBench.text(request), head)
                        .isInstanceOf(request.head() < head ? AppendResult.Already.class : AppendResult.Kept.class);
            }
            assertThat(bench.entries("r")).as("entries after all was repeated").isEqualTo(all);
        }
    }
}
