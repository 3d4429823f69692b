package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.model.PresenceMode;
import io.parley.model.RoomSettings;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Bye;
import io.parley.wire.Configure;
import io.parley.wire.Failed;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Join;
import io.parley.wire.Leave;
import io.parley.wire.Members;
import io.parley.wire.Message;
import io.parley.wire.Moderate;
import io.parley.wire.Rejected;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.ServerFrame;
import io.parley.wire.SetTopic;
import io.parley.wire.Typing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SAY and its three outcomes. */
class ServerSayTest {
    private static final GatewayOptions TWO_IN_FLIGHT = GatewayOptions.builder()
            .maxInFlight(2)
            .requestsPerSecond(10_000)
            .burstRequests(10_000)
            .build();

    private static String line(ServerFrame frame) {
        if (frame instanceof Message message) {
            return "MESSAGE " + message.cid();
        }
        if (frame instanceof Rejected rejected) {
            return ErrorCode.name(rejected.code()) + " " + rejected.cid();
        }
        return frame.getClass().getSimpleName();
    }

    private static List<String> lines(List<ServerFrame> frames) {
        return frames.stream().map(ServerSayTest::line).toList();
    }

    @Test
    void cidsGoUpByOneWhateverTheOutcome() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        peer.send(say(room, 0, "no"));
        peer.send(say(room, 2, "no"));
        peer.send(say(room, Long.MAX_VALUE, "no"));
        peer.send(say(room, 1, "yes"));
        peer.send(say(room, 1, "no"));
        peer.send(say(room + 1, 2, "nowhere"));
        peer.send(say(Integer.MAX_VALUE, 3, "nowhere"));
        peer.send(say(room, 4, "yes"));
        assertThat(lines(script.run(peer)))
                .containsExactlyInAnyOrder(
                        "BAD_CID 0",
                        "BAD_CID 2",
                        "BAD_CID " + Long.MAX_VALUE,
                        "MESSAGE 1",
                        "BAD_CID 1",
                        "NOT_A_MEMBER 2",
                        "NOT_A_MEMBER 3",
                        "MESSAGE 4");
    }

    @Test
    void tooManyInFlightAreRejectedAndTheRestIsNot() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal).options(TWO_IN_FLIGHT));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        journal.hold();
        for (int cid = 1; cid <= 7; cid++) {
            peer.send(say(room, cid, "no " + cid));
        }
        // Twice the agreed number is borne: outcomes may be on their way that the server has not counted off yet.
        assertThat(lines(script.run(peer)))
                .containsExactly("TOO_MANY_IN_FLIGHT 5", "TOO_MANY_IN_FLIGHT 6", "TOO_MANY_IN_FLIGHT 7");
        journal.release();
        assertThat(lines(script.run(peer))).containsExactly("MESSAGE 1", "MESSAGE 2", "MESSAGE 3", "MESSAGE 4");
        peer.send(say(room, 8, "again"));
        assertThat(lines(script.run(peer))).containsExactly("MESSAGE 8");
    }

    @Test
    void whatIsAnsweredIsNotInFlightAnyMore() {
        Script script = new Script(builder -> builder.options(TWO_IN_FLIGHT));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        for (int cid = 1; cid < 50; cid++) {
            boolean good = cid % 2 == 0;
            peer.send(say(room, cid, good ? "yes" : "n".repeat(20_000)));
            assertThat(lines(script.run(peer))).containsExactly((good ? "MESSAGE " : "TOO_LARGE ") + cid);
        }
    }

    @Test
    void joiningAnewLosesNoCountOfWhatIsInFlight() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal).options(TWO_IN_FLIGHT));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        for (int cid = 1; cid < 20; cid += 2) {
            journal.hold();
            peer.send(say(room, cid, "before"), new Join(9, "lobby", null, 0, ""), say(room, cid + 1, "behind"));
            assertThat(script.run(peer)).isEmpty();
            journal.release();
            assertThat(lines(script.run(peer))).containsExactly("MESSAGE " + cid, "Joined", "MESSAGE " + (cid + 1));
        }
    }

    @Test
    void everySayHasOneOutcomeWhenLeavingWithTheJournalBehind() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        journal.hold();
        peer.send(say(room, 1, "in time"), say(room, 2, "in time"), new Leave(5, room), say(room, 3, "too late"));
        assertThat(script.run(peer)).isEmpty();
        journal.release();
        assertThat(lines(script.run(peer)))
                .containsExactlyInAnyOrder("MESSAGE 1", "MESSAGE 2", "Left", "NOT_A_MEMBER 3")
                .containsSubsequence("MESSAGE 1", "MESSAGE 2", "Left");
    }

    @Test
    void byeWaitsForWhatIsOwed() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        journal.hold();
        peer.send(say(room, 1, "last words"), new Bye("bye"));
        script.network.run();
        journal.release();
        assertThat(lines(script.run(peer))).containsExactly("MESSAGE 1");
    }

    /** What was said before is ordered before the connection ends, and what became of it is told first. */
    @Test
    void whatWasSaidBeforeAnErrorIsAnsweredBeforeIt() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        byte[] tooLong = {0x12, 0x7F, 0x7F, 0x7F};
        peer.sendBytes(Script.bytes(say(room, 1, "x".repeat(20_000)), tooLong));
        assertThat(script.run(peer))
                .extracting(frame -> frame.getClass().getSimpleName())
                .containsExactly("Rejected", "Failed");
        assertThat(peer.isOver()).isTrue();
    }

    @Test
    void byeFlushesAnswersAndEntries() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        peer.pauseReads();
        for (int cid = 1; cid <= 100; cid++) {
            peer.send(say(room, cid, "x".repeat(1_000)));
            peer.send(new History(cid, room, 0, History.ABSENT, History.ABSENT, 1));
        }
        peer.send(new Bye(""));
        script.network.run();
        peer.resumeReads();
        List<ServerFrame> frames = script.run(peer);
        assertThat(frames.stream().filter(Message.class::isInstance)).hasSize(100);
        assertThat(frames.stream().filter(Failed.class::isInstance)).hasSize(100);
        assertThat(peer.isOver()).isTrue();
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void requestsOutsideAreRefused() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        long epoch = script.join(script.guest("bob"), "lobby").snapshot().epoch();
        peer.send(
                new Leave(1, 1),
                new SetTopic(1, 1, "x"),
                new History(3, 1, epoch, History.ABSENT, History.ABSENT, 10),
                new Members(4, 1, "", 10),
                new Moderate(1, 2, 1, 7, 0, 0, ""),
                new Configure(1, 3, new RoomSettings(false, 0, PresenceMode.FULL)),
                new Typing(1));
        assertThat(script.run(peer))
                .extracting(frame -> frame instanceof Rejected no
                        ? "command " + no.cid() + " " + no.code()
                        : "request " + ((Failed) frame).id() + " " + ((Failed) frame).code())
                .containsExactly(
                        "request 1 203",
                        "command 1 203",
                        "request 3 203",
                        "request 4 203",
                        "command 2 203",
                        "command 3 203");
    }

    @Test
    void anotherEpochIsRefused() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        peer.send(
                new History(1, room.room(), room.epoch() + 1, History.ABSENT, History.ABSENT, 10),
                new History(2, room.room(), room.epoch(), History.ABSENT, History.ABSENT, 0));
        assertThat(script.run(peer))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isInstanceOfSatisfying(
                                        Failed.class,
                                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.WRONG_EPOCH)),
                        second -> assertThat(second).isInstanceOf(HistoryPage.class));
    }
}
