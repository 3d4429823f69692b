package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.model.EntryPage;
import io.parley.model.RoomState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rooms: their numbers, epochs and heads, and the list of them. */
public interface JournalRoomsContract extends JournalBinding {
    /** The journal says of itself what the fixture says of it. */
    @Test
    default void tellsWhetherItLasts() {
        try (JournalBench bench = JournalBench.open(this)) {
            assertThat(bench.journal().isLasting())
                    .as("Journal.isLasting(), as the fixture says")
                    .isEqualTo(bench.fixture().isLasting());
        }
    }

    /** A new room has a number from 1, the head 0, the floor 1 and the empty state. */
    @Test
    default void newRoomIsEmpty() {
        try (JournalBench bench = JournalBench.open(this)) {
            KeptRoom room = bench.room("r");
            assertThat(room.number()).as("number of the first room").isPositive();
            assertThat(room)
                    .as("a new room")
                    .isEqualTo(new KeptRoom(room.number(), room.epoch(), 0, 1, RoomState.EMPTY));
            assertThat(bench.read("r", Journal.NONE, Journal.NONE, 10))
                    .as("the newest page of a new room")
                    .isEqualTo(new EntryPage(List.of(), 1, 0, false));
        }
    }

    /** A room stays as it is when it is opened again, or closed in between. */
    @Test
    default void openingAgainChangesNothing() {
        try (JournalBench bench = JournalBench.open(this)) {
            KeptRoom first = bench.room("r");
            assertThat(bench.room("r")).as("the room, opened twice").isEqualTo(first);
            new JournalWriter(bench.journal(), "r", 1).write(3);
            bench.journal().close("r");
            bench.journal().close("r");
            bench.journal().close("never opened");
            assertThat(bench.room("r"))
                    .as("the room, closed and opened again")
                    .isEqualTo(new KeptRoom(first.number(), first.epoch(), 3, 1, RoomState.EMPTY));
        }
    }

    /** No two rooms have the same number. */
    @Test
    default void roomsHaveNumbersOfTheirOwn() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<CompletableFuture<KeptRoom>> opening = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                opening.add(bench.journal().open("r" + i));
            }
            Set<Integer> numbers = new HashSet<>();
            for (CompletableFuture<KeptRoom> one : opening) {
                int number = JournalBench.await("open", one).number();
                assertThat(number).as("number of a room").isPositive();
                assertThat(numbers.add(number))
                        .as("number %d is the number of one room only", number)
                        .isTrue();
            }
        }
    }

    /** Keys are different rooms if they differ in case, in a space or in an accent; a key may have 300 characters. */
    @Test
    default void eachKeyIsARoomOfItsOwn() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<String> keys = List.of(
                    "room:a",
                    "room:A",
                    "room:a ",
                    "room:\u00e1",
                    "room:a\u0301",
                    "room:%",
                    "room:_",
                    "r".repeat(300),
                    "\u20ac".repeat(300));
            for (String key : keys) {
                new JournalWriter(bench.journal(), key, key.hashCode()).write(1);
            }
            for (String key : keys) {
                assertThat(bench.room(key).head()).as("head of room '%s'", key).isEqualTo(1);
            }
        }
    }

    /** What was forgotten never comes back: the next room of the key has another number and epoch, and nothing in it. */
    @Test
    default void forgottenRoomBeginsAnew() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "other", 2).write(2);
            KeptRoom old = bench.room("r");
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            writer.keep(writer.next(3, JournalSamples.busy()));
            forget(bench, "r");
            assertThat(bench.read("r", 0, Journal.NONE, 10).entries())
                    .as("entries of a forgotten room")
                    .isEmpty();
            assertThat(JournalBench.await("find", bench.journal().find(1, 0, 10)))
                    .as("commands that were in a forgotten room only")
                    .isEmpty();
            KeptRoom next = bench.room("r");
            assertThat(next.number()).as("number of the next room").isNotEqualTo(old.number());
            assertThat(next.epoch()).as("epoch of the next room").isNotEqualTo(old.epoch());
            assertThat(next)
                    .as("the next room of the key")
                    .isEqualTo(new KeptRoom(next.number(), next.epoch(), 0, 1, RoomState.EMPTY));
            assertThat(bench.entries("r")).as("entries of the next room").isEmpty();
            assertThat(bench.room("other").head()).as("head of another room").isEqualTo(2);
            writer.know(0);
            writer.keep(writer.commands(0, 1, 2, 3)); // nothing knows them any more
        }
    }

    /** What is asked without waiting takes effect in the order of the calls: append, forget, open, append. */
    @Test
    default void forgettingTakesEffectInOrder() {
        try (JournalBench bench = JournalBench.open(this)) {
            KeptRoom old = bench.room("r");
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            CompletableFuture<AppendResult> before = bench.journal().append(writer.next(2));
            bench.journal().forget("r");
            CompletableFuture<KeptRoom> opening = bench.journal().open("r");
            CompletableFuture<AppendResult> after = bench.journal().append(writer.next(3));
            AppendResult kept = new AppendResult.Kept(1);
            assertThat(JournalBench.await("append", before))
                    .as("answer to an append right before forget()")
                    .isEqualTo(kept);
            KeptRoom next = JournalBench.await("open", opening);
            assertThat(next.number()).as("number right after forget()").isNotEqualTo(old.number());
            assertThat(next.head()).as("head right after forget()").isZero();
            assertThat(JournalBench.await("append", after))
                    .as("answer to an append behind 0, right after forget()")
                    .isEqualTo(kept);
            assertThat(bench.entries("r"))
                    .as("entries that were appended after forget()")
                    .hasSize(3);
        }
    }

    /** A room that is not there can be forgotten, too. */
    @Test
    default void unknownRoomCanBeForgotten() {
        try (JournalBench bench = JournalBench.open(this)) {
            forget(bench, "r");
            assertThat(bench.room("r").head()).as("head of a new room").isZero();
        }
    }

    /** The number of a forgotten room is never given again, and the room does not come back, after a crash neither. */
    @Test
    default void numberIsNeverGivenTwice() {
        try (JournalBench bench = JournalBench.open(this)) {
            Set<Integer> numbers = new HashSet<>();
            Set<Long> epochs = new HashSet<>();
            for (int i = 0; i < 6; i++) {
                KeptRoom room = bench.room("r");
                assertThat(numbers.add(room.number()))
                        .as("number %d was that of a forgotten room", room.number())
                        .isTrue();
                assertThat(epochs.add(room.epoch()))
                        .as("epoch %d was that of a forgotten room", room.epoch())
                        .isTrue();
                new JournalWriter(bench.journal(), "r", i).write(1);
                forget(bench, "r");
                if (bench.fixture().isLasting()) {
                    bench.reopen(i % 2 == 0);
                    assertThat(rooms(bench, "", 10))
                            .as("rooms after a forgotten one, and a restart")
                            .isEmpty();
                }
            }
        }
    }

    /** Rooms are found again after a crash, and after the end of the journal. */
    @Test
    default void roomsOutliveTheProcess() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            bench.room("empty");
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            writer.keep(writer.next(3, JournalSamples.busy()));
            for (boolean crash : new boolean[] {true, false, true}) {
                KeptRoom empty = bench.room("empty");
                KeptRoom full = bench.room("r");
                assertThat(full.head()).as("head of the room").isEqualTo(3);
                assertThat(full.state()).as("state of the room").isEqualTo(JournalSamples.busy());
                bench.reopen(crash);
                String when = crash ? "after a crash" : "after a close";
                assertThat(rooms(bench, "", 10)).as("rooms %s", when).containsExactly("empty", "r");
                assertThat(bench.room("r")).as("room %s", when).isEqualTo(full);
                assertThat(bench.room("empty")).as("empty room %s", when).isEqualTo(empty);
                assertThat(bench.room("new" + crash).number())
                        .as("number of a new room %s", when)
                        .isNotIn(empty.number(), full.number());
                forget(bench, "new" + crash);
            }
        }
    }

    /** The rooms are listed by pages, in the order of their keys. */
    @Test
    default void roomsAreListedInOrder() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<String> keys = List.of("B", "_", "a", "a b", "aa", "b", "b-1", "b1", "z", "\u00e4", "\u0416");
            List<Integer> order = List.of(7, 3, 10, 0, 5, 9, 1, 8, 2, 6, 4);
            order.forEach(i -> bench.room(keys.get(i)));
            bench.room("c");
            bench.journal().close("a");
            forget(bench, "c");
            assertThat(rooms(bench, "", 100)).as("all rooms").isEqualTo(keys);
            List<String> paged = new ArrayList<>();
            while (paged.size() < keys.size()) {
                List<String> page = rooms(bench, paged.isEmpty() ? "" : paged.get(paged.size() - 1), 3);
                assertThat(page).as("page of 3 after %s", paged).hasSize(Math.min(3, keys.size() - paged.size()));
                paged.addAll(page);
            }
            assertThat(paged).as("rooms by pages of 3").isEqualTo(keys);
            assertThat(rooms(bench, "b0", 2)).as("2 rooms after b0").containsExactly("b1", "z");
            assertThat(rooms(bench, "\u0416", 2)).as("rooms after the last").isEmpty();
        }
    }

    /** The secret is long, and the same as long as what is kept; the array is the caller's. */
    @Test
    default void secretStaysTheSame() {
        try (JournalBench bench = JournalBench.open(this);
                JournalBench other = JournalBench.open(this)) {
            byte[] secret = bench.journal().secret();
            assertThat(secret.length).as("bytes of the secret").isGreaterThanOrEqualTo(16);
            assertThat(other.journal().secret()).as("secret of another storage").isNotEqualTo(secret);
            bench.journal().secret()[0]++;
            assertThat(bench.journal().secret())
                    .as("secret, after a caller has changed its array")
                    .isEqualTo(secret);
            if (bench.fixture().isLasting()) {
                assertThat(bench.reopen(true).secret())
                        .as("secret after a crash")
                        .isEqualTo(secret);
                assertThat(bench.reopen(false).secret())
                        .as("secret after a close")
                        .isEqualTo(secret);
            }
        }
    }

    private static List<String> rooms(JournalBench bench, String after, int limit) {
        return JournalBench.await("rooms(" + after + ")", bench.journal().rooms(after, limit));
    }

    private static void forget(JournalBench bench, String room) {
        JournalBench.await("forget(" + room + ")", bench.journal().forget(room));
    }
}
