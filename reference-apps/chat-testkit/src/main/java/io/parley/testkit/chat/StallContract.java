package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.codec.Bytes;
import io.parley.journal.MemoryJournal;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A member of a room of twenty stops reading. The connections of the fixture must buffer little by themselves; see
 * {@link ChatFixture#narrow()}.
 */
public interface StallContract extends Opener {
    /** The window of the rooms in bytes; smaller than what is missed, so that there are gaps. */
    long WINDOW = 256 << 10;

    /** How many members keep reading. */
    int OTHERS = 19;
    /** How many messages are sent in the longer tests. */
    int TOTAL = 5_000;
    /** The text of each message. */
    String TEXT = "x".repeat(1_000);

    /** The write timeout. It applies to the other members too, and is longer than a slow machine pauses. */
    Duration DROPPED_AFTER = Duration.ofSeconds(3);

    private static MemoryJournal large() {
        return new MemoryJournal(100_000, 256 << 20, 10);
    }

    /** A member that stopped reads everything from history. */
    @Test
    default void whoStopsFindsEverythingInHistory() {
        Held held = new Held();
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

    /** A member that stopped catches up while the others go on. */
    @Test
    default void whoStopsCatchesUpWhileOthersGoOn() {
        Held held = new Held();
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

    /** Messages that are not kept any more are told as lost. */
    @Test
    default void whatIsNotKeptAnyMoreIsToldAsLost() {
        Held held = new Held();
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

    /** What the member said in the meantime has an outcome. */
    @Test
    default void whatItSaidMeanwhileHasItsOutcome() {
        Held held = new Held();
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

    /** A member that reads nothing is disconnected under load. */
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

    /** A member that reads nothing is disconnected also where little is said. */
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
