package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Failed;
import io.parley.wire.Gap;
import io.parley.wire.History;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Moderate;
import io.parley.wire.Moderated;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Ok;
import io.parley.wire.Presence;
import io.parley.wire.RoomClosed;
import io.parley.wire.ServerFrame;
import io.parley.wire.Since;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Joining, leaving and being sent out: what comes before what. */
class ServerRoomTest {

    private static String line(ServerFrame frame) {
        if (frame instanceof Joined joined) {
            return "JOINED " + joined.id();
        } else if (frame instanceof Left left) {
            return "LEFT " + left.id();
        } else if (frame instanceof Message message) {
            return "MESSAGE " + message.seq();
        } else if (frame instanceof Moderated act) {
            return act.action() + " " + act.target().name();
        } else if (frame instanceof RoomClosed closed) {
            return "CLOSED " + ErrorCode.name(closed.code());
        } else if (frame instanceof Failed failed) {
            return ErrorCode.name(failed.code()) + " " + failed.id();
        } else if (frame instanceof Gap gap) {
            return "GAP " + gap.from() + "-" + gap.to();
        } else if (frame instanceof Ok ok) {
            return "OK " + ok.id();
        }
        return frame.getClass().getSimpleName();
    }

    private static List<String> lines(List<ServerFrame> frames) {
        return frames.stream()
                .filter(frame -> !(frame instanceof Presence))
                .map(ServerRoomTest::line)
                .toList();
    }

    private static Join join(long id) {
        return new Join(id, "lobby", null, 0, "");
    }

    @Test
    void joinedComesFirstAndLeftComesLast() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> alice = script.guest("alice");
        Peer<ServerFrame> bob = script.guest("bob");
        int room = script.join(bob, "lobby").snapshot().room();
        for (int i = 1; i <= 10; i++) {
            bob.send(say(room, i, "no " + i));
        }
        alice.send(new Join(3, "lobby", null, 5, ""), say(room, 1, "hello"), new Leave(4, room));
        for (int i = 11; i <= 20; i++) {
            bob.send(say(room, i, "no " + i));
        }
        List<String> lines = lines(script.run(alice));
        assertThat(lines).startsWith("JOINED 3").endsWith("LEFT 4");
        assertThat(lines.subList(1, lines.size() - 1)).allMatch(line -> line.startsWith("MESSAGE "));
        assertThat(lines).doesNotHaveDuplicates();
        assertThat(lines(script.run(bob))).hasSize(21);
    }

    @Test
    void joinsAndLeavesInOnePacketEachHaveTheirReply() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        peer.sendBytes(Script.bytes(
                say(room, 1, "a"),
                new Leave(2, room),
                join(3),
                say(room, 2, "b"),
                join(4),
                join(5),
                new Leave(6, room)));
        assertThat(lines(script.run(peer)))
                .containsExactly("MESSAGE 1", "LEFT 2", "JOINED 3", "MESSAGE 2", "JOINED 4", "JOINED 5", "LEFT 6");
    }

    @Test
    void leavingTwiceHasTwoReplies() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        peer.sendBytes(Script.bytes(new Leave(2, room), new Leave(3, room)));
        List<String> lines = lines(script.run(peer));
        assertThat(lines).hasSize(2);
        assertThat(lines).filteredOn(line -> line.endsWith(" 2")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.endsWith(" 3")).hasSize(1);
    }

    @Test
    void joiningAgainIsIdempotent() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        Peer<ServerFrame> alice = script.guest("alice");
        Joined first = script.join(alice, "lobby");
        Joined second = script.join(alice, "lobby");
        int room = first.snapshot().room();
        assertThat(second.snapshot().room()).isEqualTo(room);
        assertThat(second.snapshot().memberCount()).isEqualTo(2);
        bob.send(say(room, 1, "once"));
        assertThat(lines(script.run(alice))).containsExactly("MESSAGE 1");
        alice.send(new Leave(7, room));
        assertThat(lines(script.run(alice))).containsExactly("LEFT 7");
        bob.send(say(room, 2, "alone"));
        assertThat(script.run(alice)).isEmpty();
        assertThat(bob.take().stream().filter(Presence.class::isInstance)).hasSizeBetween(1, 2);
    }

    @Test
    void joiningAgainSinceAPointGivesNothingTwice() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> bob = script.guest("bob");
        int room = script.join(bob, "lobby").snapshot().room();
        Peer<ServerFrame> alice = script.guest("alice");
        long epoch = script.join(alice, "lobby").snapshot().epoch();
        for (int i = 1; i <= 300; i++) {
            bob.send(say(room, i, "no " + i));
        }
        alice.pauseReads();
        script.network.run();
        alice.send(
                new Join(2, "lobby", new Since(epoch, 290), 0, ""), new Join(3, "lobby", new Since(epoch, 50), 0, ""));
        alice.resumeReads();
        List<String> lines = lines(script.run(alice));
        int second = lines.indexOf("JOINED 2");
        int third = lines.indexOf("JOINED 3");
        assertThat(lines.subList(0, second)).isEqualTo(messages(1, 300));
        assertThat(lines.subList(second + 1, third)).isEqualTo(messages(291, 300));
        assertThat(lines.get(third + 1)).isEqualTo("GAP 51-100");
        assertThat(lines.subList(third + 2, lines.size())).isEqualTo(messages(101, 300));
    }

    private static List<String> messages(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "MESSAGE " + i).toList();
    }

    @Test
    void roomClosedComesAfterTheKick() {
        Script script = new Script();
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        alice.take();
        bob.sendBytes(Script.bytes(say(room, 1, "one"), say(room, 2, "two")));
        script.network.run();
        alice.send(
                new Moderate(room, 1, Action.KICK.code(), script.id("bob"), 0, 0, "enough"), say(room, 2, "he is out"));
        script.network.run();
        bob.send(say(room, 3, "three"), new History(9, room, 0, History.ABSENT, History.ABSENT, 1));
        assertThat(lines(script.run(bob)))
                .containsExactly("MESSAGE 2", "MESSAGE 3", "KICK bob", "CLOSED KICKED", "Rejected", "NOT_A_MEMBER 9");
        assertThat(lines(alice.take())).contains("MESSAGE 2", "MESSAGE 3", "KICK bob", "MESSAGE 5");
    }

    @Test
    void theOutcomeOfACommandIsItsEntry() {
        Script script = new Script();
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        script.guest("carol");
        alice.pauseReads();
        for (int i = 1; i <= 50; i++) {
            alice.send(say(room, i, "x".repeat(2_000)));
        }
        alice.send(new Moderate(room, 51, Action.MUTE.code(), script.id("carol"), 0, 0, ""));
        script.network.run();
        alice.resumeReads();
        assertThat(lines(script.run(alice))).endsWith("MESSAGE 51", "MUTE carol");
    }

    @Test
    void aKickWithTheJournalBehindStillEndsInOrder() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal));
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        journal.hold();
        alice.send(say(room, 1, "one"), new Moderate(room, 2, Action.KICK.code(), script.id("bob"), 0, 0, ""));
        script.network.run();
        bob.sendBytes(Script.bytes(say(room, 1, "me too"), join(8)));
        assertThat(script.run(bob)).isEmpty();
        journal.release();
        assertThat(lines(script.run(bob)))
                .containsExactlyInAnyOrder("MESSAGE 2", "KICK bob", "CLOSED KICKED", "Rejected", "JOINED 8")
                .containsSubsequence("MESSAGE 2", "KICK bob", "CLOSED KICKED", "JOINED 8");
    }

    @Test
    void whoLeavesWhenItsEndIsOnTheWayHasAReply() {
        // Room for the entry of the kick, and for no more than the first bytes of the end.
        MemoryNetwork network =
                MemoryNetwork.builder().seed(7).maxInFlightBytes(600).build();
        Script script = new Script(network, builder -> builder);
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        script.advance(bob, Duration.ofSeconds(1));
        bob.pauseReads();
        alice.send(new Moderate(room, 1, Action.KICK.code(), script.id("bob"), 0, 0, "x".repeat(500)));
        script.network.run();
        bob.send(new Leave(6, room), new Leave(7, room));
        script.network.run();
        bob.resumeReads();
        assertThat(lines(script.run(bob)))
                .containsExactly("KICK bob", "CLOSED KICKED", "NOT_A_MEMBER 6", "NOT_A_MEMBER 7");
    }

    @Test
    void renamingIsAnsweredOnceAndRefusedWhenTaken() {
        Script script = new Script();
        script.guest("bob");
        Peer<ServerFrame> alice = script.guest("alice");
        alice.send(new Nick(1, "Ａnna"), new Nick(2, "BOB"), new Nick(3, "no name"));
        assertThat(script.run(alice))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Named(1, "Anna")),
                        second -> assertThat(line(second)).isEqualTo("NAME_TAKEN 2"),
                        third -> assertThat(line(third)).isEqualTo("BAD_NAME 3"));
    }

    @Test
    void whoIsLostLeavesOnceAndTheRoomIsPutAway() {
        Script script = new Script();
        Peer<ServerFrame> alice = script.guest("alice");
        Peer<ServerFrame> bob = script.guest("bob");
        int room = script.join(alice, "lobby").snapshot().room();
        script.join(bob, "lobby");
        script.advance(alice, Duration.ofSeconds(1)); // or bob's coming would be told with its going, as nothing
        bob.abort();
        script.network.run();
        bob.abort();
        List<ServerFrame> frames = script.advance(alice, Duration.ofSeconds(1));
        assertThat(frames.stream()
                        .filter(Presence.class::isInstance)
                        .flatMap(frame -> ((Presence) frame).left().stream())
                        .map(Object::toString))
                .hasSize(1);
        alice.send(new Leave(2, room));
        assertThat(lines(script.run(alice))).containsExactly("LEFT 2");
        assertThat(script.server.hub().rooms()).isEmpty();
        assertThat(script.server.hub().windowBytes()).isZero();
    }
}
