package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.codec.Bytes;
import io.parley.journal.MemoryJournal;
import io.parley.room.HubOptions;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A member that stops reading, in a room of twenty. The fixture's links must hold little by themselves. */
public interface StallContract extends Opener {
    /** Less than is missed, so that there are gaps. */
    long WINDOW = 256 << 10;

    int OTHERS = 19;
    int TOTAL = 5_000;
    String TEXT = "x".repeat(1_000);

    /** It holds for the healthy ones, too: what a machine that stands still for a moment does not reach. */
    Duration DROPPED_AFTER = Duration.ofSeconds(3);

    /** The room, its healthy members, and the one that stops. */
    final class Party implements AutoCloseable {
        final ChatFixture fixture;
        final Chat chat;
        final HeldJournal journal;
        final Map<Long, String> agreed = Tally.agreement();
        final List<Tally> others = new ArrayList<>();
        final ChatRoom speaker;
        long said;

        Party(ChatFixture fixture, MemoryJournal memory, Duration writeTimeout) {
            this.fixture = fixture;
            journal = new HeldJournal(memory);
            chat = Chat.open(
                    fixture,
                    builder -> builder.hubOptions(HubOptions.DEFAULT.toBuilder()
                                    .maxWindowBytes(WINDOW)
                                    .build())
                            .options(Chat.UNHURRIED.toBuilder()
                                    .writeTimeout(writeTimeout)
                                    .build())
                            .journal(journal));
            fixture.await(chat.server().hub().room("lobby"));
            ChatRoom last = null;
            for (int i = 0; i < OTHERS; i++) {
                Tally tally = new Tally(agreed);
                others.add(tally);
                last = chat.enter(chat.guest("member" + i), "lobby", tally);
            }
            speaker = last;
        }

        /** Says so many messages and waits until the healthy have heard them; the window stays small. */
        void speak(int count) {
            for (int n = 1; n <= count; n++) {
                CompletableFuture<Receipt> receipt = speaker.say(TEXT);
                said++;
                if (n % 200 == 0 || n == count) {
                    fixture.await(receipt);
                    long bytes = chat.server().hub().windowBytes();
                    // The writer of a moment ago may be about to give up its oldest chunk.
                    assertThat(bytes).isLessThan(2 * WINDOW);
                }
            }
        }

        void assertOthersHeardEverything(long count) {
            fixture.settle("the others heard everything", () -> others.stream().allMatch(one -> one.count() == count));
            assertThat(others).allSatisfy(one -> assertThat(one.faults()).isEmpty());
            assertThat(others).allSatisfy(one -> assertThat(one.losses()).isEmpty());
        }

        /** Who stops calling its callbacks once it is in the room. */
        ChatRoom stopper(CallbackContract.Held held, Tally tally) {
            CompletableFuture<ChatClient> coming =
                    chat.client("stopper").executor(held).connectAsync(fixture.narrow(), chat.address());
            fixture.settle("it came", () -> held.runAll() && coming.isDone());
            CompletableFuture<ChatRoom> entering = coming.join().enterAsync("lobby", 0, tally);
            fixture.settle("it entered", () -> held.runAll() && entering.isDone());
            return entering.join();
        }

        @Override
        public void close() {
            chat.close();
        }
    }

    private static MemoryJournal large() {
        return new MemoryJournal(100_000, 256 << 20, 10);
    }

    @Test
    default void whoStopsFindsEverythingInHistory() {
        CallbackContract.Held held = new CallbackContract.Held();
        try (Party party = new Party(open(), large(), Duration.ofMinutes(10))) {
            Tally tally = new Tally(party.agreed);
            party.stopper(held, tally);
            party.speak(TOTAL);
            party.assertOthersHeardEverything(TOTAL);
            assertThat(tally.count()).isZero();
            int before = party.journal.reads();
            party.fixture.settle("it caught up", () -> held.runAll() && tally.last() == TOTAL);
            assertThat(tally.faults()).isEmpty();
            assertThat(tally.losses()).isEmpty();
            assertThat(tally.count()).isEqualTo(TOTAL);
            // A page holds about 64 KiB: what was missed was much more than the window.
            assertThat(party.journal.reads() - before).isGreaterThan(TOTAL / 2 / 64);
        } finally {
            held.runForGood();
        }
    }

    @Test
    default void whoStopsCatchesUpWhileOthersGoOn() {
        CallbackContract.Held held = new CallbackContract.Held();
        try (Party party = new Party(open(), large(), Duration.ofMinutes(10))) {
            Tally tally = new Tally(party.agreed);
            party.stopper(held, tally);
            party.speak(TOTAL / 2);
            for (int i = 0; i < 20; i++) {
                party.fixture.settle("it reads a little", () -> held.runSome(20));
                party.speak(TOTAL / 40);
            }
            party.fixture.settle("it caught up", () -> held.runAll() && tally.last() == party.said);
            party.assertOthersHeardEverything(party.said);
            assertThat(tally.faults()).isEmpty();
            assertThat(tally.losses()).isEmpty();
        } finally {
            held.runForGood();
        }
    }

    @Test
    default void whatIsNotKeptAnyMoreIsToldAsLost() {
        CallbackContract.Held held = new CallbackContract.Held();
        try (Party party = new Party(open(), new MemoryJournal(1_000, 256 << 20, 10), Duration.ofMinutes(10))) {
            Tally tally = new Tally(party.agreed);
            party.stopper(held, tally);
            party.speak(TOTAL);
            party.fixture.settle("it caught up", () -> held.runAll() && tally.last() == TOTAL);
            assertThat(tally.faults()).isEmpty();
            // What it asked for in time it has; of what the journal keeps in the end nothing is lost.
            assertThat(tally.losses()).isNotEmpty();
            String last = tally.losses().get(tally.losses().size() - 1);
            assertThat(Integer.parseInt(last.substring(last.indexOf('-') + 1))).isLessThanOrEqualTo(TOTAL - 1_000);
            assertThat(tally.count() + tally.lost()).isEqualTo(TOTAL);
        } finally {
            held.runForGood();
        }
    }

    @Test
    default void whatItSaidMeanwhileHasItsOutcome() {
        CallbackContract.Held held = new CallbackContract.Held();
        try (Party party = new Party(open(), large(), Duration.ofMinutes(10))) {
            Tally tally = new Tally(party.agreed);
            ChatRoom room = party.stopper(held, tally);
            party.speak(TOTAL / 4);
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            for (int i = 0; i < 400; i++) { // more than may be under way
                receipts.add(room.say("mine " + i));
                if (i % 4 == 0) {
                    party.speak(10);
                }
            }
            party.speak(TOTAL / 4);
            assertThat(receipts).noneMatch(CompletableFuture::isDone);
            party.fixture.settle(
                    "all have an outcome",
                    () -> held.runAll() && receipts.stream().allMatch(CompletableFuture::isDone));
            party.assertOthersHeardEverything(party.said + receipts.size());
            for (int i = 0; i < receipts.size(); i++) {
                assertThat(party.agreed)
                        .containsEntry(party.fixture.await(receipts.get(i)).seq(), "mine " + i);
            }
            party.fixture.settle("it caught up", () -> held.runAll() && tally.last() == party.said + receipts.size());
            assertThat(tally.faults()).isEmpty();
            assertThat(tally.losses()).isEmpty();
        } finally {
            held.runForGood();
        }
    }

    @Test
    default void whoReadsNothingIsDroppedUnderLoad() {
        try (Party party = new Party(open(), large(), DROPPED_AFTER)) {
            Peer<ServerFrame> deaf = deafPeer(party);
            party.speak(TOTAL / 5);
            party.fixture.settle("it is dropped", () -> party.chat.server().connections() == OTHERS);
            deaf.abort(); // itself it does not notice: it does not read
            party.assertOthersHeardEverything(party.said);
        }
    }

    @Test
    default void whoReadsNothingIsDroppedWhereLittleIsSaid() {
        try (Party party = new Party(open(), large(), DROPPED_AFTER)) {
            Peer<ServerFrame> deaf = deafPeer(party);
            party.fixture.settle("it is dropped", () -> {
                if (party.said < 400) {
                    party.speak(1);
                }
                return party.chat.server().connections() == OTHERS;
            });
            deaf.abort(); // itself it does not notice: it does not read
            party.assertOthersHeardEverything(party.said);
        }
    }

    /** A peer that joins and reads nothing from then on. */
    private static Peer<ServerFrame> deafPeer(Party party) {
        Peer<ServerFrame> peer = Peer.connect(party.fixture.narrow(), party.chat.address());
        Bytes name = Bytes.of("deaf".getBytes(StandardCharsets.UTF_8));
        peer.sendBytes(Wire.PREFACE.toArray())
                .send(new Hello(1, 1, 0, "", Wire.GUEST, name, Bytes.EMPTY), new Join(1, "lobby", null, 0, ""));
        party.fixture.settle("it joined", () -> peer.frames().stream().anyMatch(Joined.class::isInstance));
        peer.pauseReads();
        return peer;
    }
}
