package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.model.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Appending again what may be kept already: nothing is kept twice. */
public interface JournalRepeatContract extends JournalBinding {
    /** The same request again is kept once. */
    @Test
    default void sameRequestAgainIsKeptOnce() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            writer.write(2);
            AppendRequest request = writer.write(3);
            for (int i = 0; i < 3; i++) {
                isKeptOnce(bench, request, "at once");
            }
            writer.write(1);
        }
    }

    /** The same if it does not wait for the first answer. */
    @Test
    default void sameRequestAgainBeforeTheAnswerIsKeptOnce() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            for (int i = 0; i < 20; i++) {
                AppendRequest request = writer.next(2);
                List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
                for (int k = 0; k < 4; k++) {
                    answers.add(bench.journal().append(request));
                }
                answers.forEach(answer -> assertThat(JournalBench.await("append", answer))
                        .as("answer to one of four equal requests in flight")
                        .isEqualTo(new AppendResult.Kept(1)));
                writer.took(request);
            }
            assertThat(bench.entries("r")).as("entries of 20 requests of two").hasSize(40);
        }
    }

    /** The same after other rooms were written. */
    @Test
    default void sameRequestAgainAfterOtherRooms() {
        try (JournalBench bench = JournalBench.open(this)) {
            AppendRequest request = new JournalWriter(bench.journal(), "r", 1).write(3);
            for (int i = 0; i < 300; i++) {
                new JournalWriter(bench.journal(), "r" + i, i + 2).write(1);
            }
            isKeptOnce(bench, request, "after 300 other rooms were written");
        }
    }

    /** The same after a crash, and after a close. */
    @Test
    default void sameRequestAgainAfterARestart() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            AppendRequest request = new JournalWriter(bench.journal(), "r", 1).write(3);
            bench.reopen(true);
            isKeptOnce(bench, request, "after a crash");
            bench.reopen(false);
            isKeptOnce(bench, request, "after a close");
            bench.room("r");
            isKeptOnce(bench, request, "after the room was opened");
        }
    }

    private static void isKeptOnce(JournalBench bench, AppendRequest request, String when) {
        List<Entry.Sequenced> entries = bench.entries(request.room());
        assertThat(bench.append(request))
                .as("answer to the same request again, %s", when)
                .isEqualTo(new AppendResult.Kept(1));
        assertThat(bench.entries(request.room()))
                .as("entries after the same request again, %s", when)
                .isEqualTo(entries);
        assertThat(bench.room(request.room()).head())
                .as("head after the same request again, %s", when)
                .isEqualTo(request.head());
    }

    /** The same request again does not undo what was put since. */
    @Test
    default void sameRequestAgainDoesNotPutItsValuesAgain() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            KeyValue old = new KeyValue("k", "a", Bytes.fromHex("01"));
            KeyValue later = new KeyValue("k", "a", Bytes.fromHex("02"));
            AppendRequest request = writer.keep(writer.next(1, JournalSamples.about("tea"), old));
            JournalBench.await("put", bench.journal().put(List.of(later)));
            isKeptOnce(bench, request, "after its value was replaced");
            assertThat(bench.values("k"))
                    .as("value that was replaced before the request was repeated")
                    .containsExactly(later);
        }
    }

    /** The same request again, after another writer: its commands are known, and where they are. */
    @Test
    default void sameRequestAgainAfterAnotherWriter() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "r", 3).write(2);
            AppendRequest request = new JournalWriter(bench.journal(), "r", 1).write(3);
            JournalWriter other = new JournalWriter(bench.journal(), "r", 2);
            other.keep(other.next(2, JournalSamples.about("tea")));
            isKnown(bench, request, JournalWriter.kept(request), "the same request after another writer");
            if (bench.fixture().isLasting()) {
                bench.reopen(true);
                isKnown(bench, request, JournalWriter.kept(request), "the same, after a crash");
            }
        }
    }

    /** A request that was refused is refused again, as long as the head is another one. */
    @Test
    default void refusedRequestIsNotTakenForKept() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "r", 1).write(3);
            JournalWriter other = new JournalWriter(bench.journal(), "r", 2);
            other.know(1);
            AppendRequest request = other.next(2);
            for (int i = 0; i < 3; i++) {
                assertThat(bench.append(request))
                        .as("answer to a request behind 1, where the head is 3; time %d", i + 1)
                        .isEqualTo(new AppendResult.Behind(bench.room("r")));
            }
            assertThat(bench.entries("r")).as("entries").hasSize(3);
        }
    }

    /** A command above the expected head is known, whatever the request is. It is told rather than the head. */
    @Test
    default void commandAboveTheHeadIsKnown() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            writer.write(5);
            AppendRequest again = writer.commands(2, 4);
            isKnown(bench, again, List.of(new KeptCommand("r", 1, 4, 4)), "command 4 again, behind 2 of 5");
        }
    }

    /** If some commands are known, only those are told, and none of the others is kept. */
    @Test
    default void knownAndNewCommandsTogetherKeepNothing() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            writer.write(5);
            KeyValue value = new KeyValue("k", "a", Bytes.EMPTY);
            AppendRequest plain = writer.commands(2, 4, 7, 5, 8);
            AppendRequest mixed = new AppendRequest(
                    "r", 2, plain.id(), plain.entries(), JournalSamples.about("never"), List.of(value));
            List<KeptCommand> known = List.of(new KeptCommand("r", 1, 4, 4), new KeptCommand("r", 1, 5, 5));
            isKnown(bench, mixed, known, "commands 4 and 5 again, with the new 7 and 8");
            assertThat(bench.values("k"))
                    .as("values of a request that was not kept")
                    .isEmpty();
            if (bench.fixture().isLasting()) {
                isKnown(bench, writer.commands(5, 4, 7, 5, 8), known, "the same behind the right head");
            }
        }
    }

    /** A journal that lasts knows every command that it keeps, also behind the right head and below the expected one. */
    @Test
    default void lastingJournalKnowsEveryCommand() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "r", Long.MIN_VALUE);
            writer.write(300);
            List<KeptCommand> first = List.of(new KeptCommand("r", Long.MIN_VALUE, 1, 1));
            isKnown(bench, writer.commands(300, 1), first, "command 1 again, behind the right head");
            isKnown(bench, writer.commands(200, 1), first, "command 1 again, behind 200 of 300");
            isKnown(bench, writer.commands(400, 1), first, "command 1 again, behind 400 of 300");
            bench.reopen(true);
            isKnown(bench, writer.commands(300, 1), first, "command 1 again, after a crash");
        }
    }

    /** A command that a journal that lasts keeps in another room is known, too. */
    @Test
    default void lastingJournalKnowsCommandsOfOtherRooms() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            JournalWriter there = new JournalWriter(bench.journal(), "there", 1);
            there.write(3);
            JournalWriter here = new JournalWriter(bench.journal(), "here", 1);
            new JournalWriter(bench.journal(), "here", 2).write(1);
            List<KeptCommand> second = List.of(new KeptCommand("there", 1, 2, 2));
            isKnown(bench, here.commands(1, 2, 9), second, "a command that is in another room");
        }
    }

    /** If a journal that lasts is given a command for two rooms at once, it keeps it in one of them. */
    @Test
    default void lastingJournalKeepsACommandInOneRoom() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            JournalWriter writer = new JournalWriter(bench.journal(), "a", 1);
            JournalWriter other = new JournalWriter(bench.journal(), "b", 1);
            for (int i = 0; i < 10; i++) {
                AppendRequest one = writer.next(2);
                AppendRequest two = other.next(2);
                CompletableFuture<AppendResult> first = bench.journal().append(one);
                CompletableFuture<AppendResult> second = bench.journal().append(two);
                boolean inOne = JournalBench.await("append", first) instanceof AppendResult.Kept;
                JournalBench.await("append", second);
                (inOne ? writer : other).took(inOne ? one : two);
                isKeptOnce(bench, inOne ? one : two, "where another room was given the same commands");
                List<KeptCommand> known = JournalWriter.kept(inOne ? one : two);
                isKnown(bench, inOne ? two : one, known, "commands that another room was given at the same moment");
            }
        }
    }

    /** Commands are others if the origin or the number is another one. */
    @Test
    default void commandsOfOthersAreOthers() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "r", 1).write(3);
            new JournalWriter(bench.journal(), "r", 2).write(3);
            new JournalWriter(bench.journal(), "s", -1).write(3);
            JournalWriter late = new JournalWriter(bench.journal(), "r", 3);
            late.know(0);
            assertThat(bench.append(late.commands(0, 1, 2, 3)))
                    .as("new commands behind 0, which others have numbers of")
                    .isEqualTo(new AppendResult.Behind(bench.room("r")));
            late.know(6);
            late.keep(late.commands(6, 1, 2, 3));
        }
    }

    private static void isKnown(JournalBench bench, AppendRequest request, List<KeptCommand> known, String what) {
        List<Entry.Sequenced> entries = bench.entries(request.room());
        KeptRoom now = bench.room(request.room());
        AppendResult result = bench.append(request);
        assertThat(result).as("answer to %s", what).isInstanceOf(AppendResult.Already.class);
        AppendResult.Already already = (AppendResult.Already) result;
        assertThat(already.commands())
                .as("known commands in the answer to %s", what)
                .containsExactlyInAnyOrderElementsOf(known);
        assertThat(already.now()).as("the room in the answer to %s", what).isEqualTo(now);
        assertThat(bench.entries(request.room())).as("entries after %s", what).isEqualTo(entries);
        assertThat(bench.room(request.room())).as("the room after %s", what).isEqualTo(now);
    }
}
