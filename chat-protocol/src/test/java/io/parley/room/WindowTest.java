package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.log.Chunk;
import io.parley.log.LogProbe;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory that all logs share. */
class WindowTest {
    private static final int ROOMS = 30;

    @ParameterizedTest
    @ValueSource(longs = {1, 50_000, 1 << 20})
    void neverHoldsMoreThanItsBound(long maxWindowBytes) {
        TestHub test = TestHub.with(bounds -> bounds.maxWindowBytes = maxWindowBytes);
        Random random = new Random(5);
        List<Reader> readers = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < ROOMS; i++) {
            test.room("r" + i);
            readers.add(test.guest("g" + i).join("r" + i));
        }
        for (int i = 0; i < 3_000; i++) {
            readers.get(random.nextInt(ROOMS))
                    .say("x".repeat(random.nextInt(3_000)))
                    .seq();
            assertThat(test.hub.windowBytes()).isBetween(0L, maxWindowBytes);
            most = Math.max(most, test.hub.windowBytes());
        }
        assertThat(most).isGreaterThanOrEqualTo(maxWindowBytes > 100 ? maxWindowBytes / 2 : 0);
        for (Reader reader : readers) {
            String name = reader.room().name();
            long head = reader.room().head();
            long read = 0;
            for (String line : reader.read()) {
                if (line.startsWith("GAP")) {
                    assertThat(line).startsWith("GAP " + (read + 1) + "-").as(name);
                    read = Long.parseLong(line.substring(line.indexOf('-') + 1));
                } else if (line.startsWith("#")) {
                    assertThat(line).startsWith("#" + ++read + " ");
                }
            }
            assertThat(read).isEqualTo(head);
            reader.leave();
        }
        assertThat(test.hub.windowBytes()).isZero();
    }

    @Test
    void theRoomThatIsQuietLongestGivesUpFirst() {
        TestHub test = TestHub.with(bounds -> bounds.maxWindowBytes = 10_000);
        test.room("quiet");
        test.room("busy");
        Reader quiet = test.guest("q").join("quiet");
        Reader busy = test.guest("b").join("busy");
        quiet.say("old").seq();
        busy.say("x".repeat(900)).seq();
        for (int i = 0; i < 8; i++) {
            busy.say("x".repeat(900)).seq();
        }
        assertThat(quiet.read()).containsExactly("GAP 1-1");
        quiet.say("new").seq();
        assertThat(quiet.read()).containsExactly("#2 q: new");
    }

    @Test
    void whoReadsSoonMissesNothingHoweverManyRoomsAreBusy() {
        TestHub test = TestHub.with(bounds -> bounds.maxWindowBytes = 1 << 20);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            test.room("r" + i);
            readers.add(test.guest("g" + i).join("r" + i));
        }
        Random random = new Random(7);
        ArrayDeque<Reader> unread = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            Reader reader = readers.get(random.nextInt(readers.size()));
            reader.say("x".repeat(400)).seq();
            unread.add(reader);
            if (unread.size() > 100) {
                assertThat(unread.remove().read()).noneMatch(line -> line.startsWith("GAP"));
            }
        }
        assertThat(test.hub.windowBytes()).isBetween(1L << 19, 1L << 20);
    }

    @Test
    void aBusyRoomKeepsItsWindowBesideManyQuietOnes() {
        TestHub test = TestHub.with(bounds -> bounds.maxWindowBytes = 1 << 20);
        for (int i = 0; i < 900; i++) {
            test.room("r" + i);
            test.guest("g" + i).join("r" + i).say("hello").seq();
        }
        test.room("busy");
        Reader late = test.guest("late").join("busy");
        Reader busy = test.guest("busy").join("busy");
        for (int i = 0; i < 800; i++) {
            busy.say("x".repeat(1_000)).seq(); // 800 KB: most of what there is
        }
        assertThat(LogProbe.chunks(busy.subscription()))
                .as("few are copied for each one more")
                .isLessThan(60);
        assertThat(late.read().stream().filter(line -> line.startsWith("GAP"))).isEmpty();
    }

    @Test
    void aRoomNobodyReadsKeepsNoChunk() {
        TestHub test = TestHub.create();
        Room room = test.room("lobby");
        for (int i = 0; i < 100; i++) {
            assertThat(test.say(room, test.hub.operator(), "hello").seq()).isEqualTo(i + 1);
        }
        assertThat(test.hub.windowBytes()).isZero();
        Reader alice = test.guest("alice").join("lobby");
        Reader bob = test.guest("bob").join("lobby");
        alice.say("hi").seq();
        alice.leave();
        assertThat(test.hub.windowBytes()).isGreaterThan(0);
        bob.leave();
        assertThat(test.hub.windowBytes()).isZero();
        test.say(room, test.hub.operator(), "anybody?").seq();
        assertThat(test.hub.windowBytes()).isZero();
    }

    @Test
    void aRoomWithoutEntriesKeepsNoChunk() {
        TestHub test = TestHub.create();
        test.room("lobby");
        Reader reader = test.guest("alice").join("lobby");
        assertThat(test.hub.windowBytes()).isZero();
        reader.say("hi").seq();
        assertThat(test.hub.windowBytes()).isEqualTo(1 << 10);
    }

    @Test
    void eachDoorHasItsLogWhileItHasACursor() {
        TestHub test = TestHub.create();
        test.room("lobby");
        List<String> encoded = new ArrayList<>();
        Encoding other = (room, entry, into) -> {
            if (entry instanceof Entry.Message said) {
                encoded.add(said.body());
                into.put((byte) said.seq());
            }
        };
        Reader alice = test.guest("alice").join("lobby");
        alice.say("one").seq();
        Peer bob = new Peer(test);
        Participant entered = test.guest("bob", other, bob);
        Subscription cursor =
                test.join(entered, "lobby", BacklogRequest.NOTHING).join().subscription();
        alice.say("two").seq();
        alice.say("three").seq();
        Chunk run = cursor.prepare(100);
        assertThat(run).isNotNull();
        assertThat(cursor.remaining()).isEqualTo(2);
        assertThat(run.array()[cursor.offset()]).isEqualTo((byte) 2);
        cursor.room().leave(cursor, "");
        cursor.close();
        cursor.close();
        alice.say("four").seq();
        assertThat(encoded).containsExactly("two", "three");
        assertThat(alice.readNumbered()).hasSize(4);
    }

    @Test
    void anEntryIsEncodedOnceHoweverManyRead() {
        TestHub test = TestHub.create();
        Room room = test.room("lobby");
        List<String> encoded = new ArrayList<>();
        Encoding counting = (where, entry, into) -> {
            if (entry instanceof Entry.Message said) {
                encoded.add(said.body());
                into.put((byte) 1);
            }
        };
        for (int i = 0; i < 20; i++) {
            Participant entered = test.guest("g" + i, counting, new Peer(test));
            assertThat(test.join(entered, "lobby", BacklogRequest.NOTHING)).isCompleted();
        }
        test.say(room, test.hub.operator(), "once").seq();
        assertThat(encoded).containsExactly("once");
    }
}
