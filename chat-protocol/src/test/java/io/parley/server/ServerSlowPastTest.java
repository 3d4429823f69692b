package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Ack;
import io.parley.wire.Continue;
import io.parley.wire.Frame;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Presence;
import io.parley.wire.Rejected;
import io.parley.wire.ServerFrame;
import io.parley.wire.Since;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Joining with a journal that takes its time to read the past. */
class ServerSlowPastTest {
    private final HeldJournal journal = new HeldJournal();
    private final Script script = new Script(builder -> builder.journal(journal));
    private final Peer<ServerFrame> bob;
    private final Peer<ServerFrame> alice;
    private final int room;

    ServerSlowPastTest() {
        script.room("lobby");
        bob = script.guest("bob");
        alice = script.guest("alice");
        room = script.join(bob, "lobby").snapshot().room();
        bob.send(say(room, 1, "one"), say(room, 2, "two"));
        script.network.run();
    }

    private static Join join(long id, String name) {
        return new Join(id, name, null, 5, "");
    }

    private static String line(ServerFrame frame) {
        if (frame instanceof Message message) {
            return "MESSAGE " + message.seq();
        } else if (frame instanceof Joined joined) {
            return "JOINED " + joined.id();
        } else if (frame instanceof Left left) {
            return "LEFT " + left.id();
        }
        return frame.toString();
    }

    private List<String> lines() {
        return script.run(alice).stream()
                .filter(frame -> !(frame instanceof Presence))
                .map(ServerSlowPastTest::line)
                .toList();
    }

    @Test
    void joinsOfOneRoomAreAnsweredInTheOrderTheyWereAsked() {
        journal.holdReads();
        alice.send(join(2, "lobby"), join(3, "Lobby"));
        assertThat(lines()).isEmpty();
        journal.releaseNewestRead();
        assertThat(lines()).isEmpty();
        bob.send(say(room, 3, "three"));
        assertThat(lines()).isEmpty();
        journal.releaseNewestRead();
        assertThat(lines())
                .containsExactly(
                        "JOINED 2", "MESSAGE 1", "MESSAGE 2", "JOINED 3", "MESSAGE 1", "MESSAGE 2", "MESSAGE 3");
        alice.send(new Leave(4, room));
        assertThat(lines()).containsExactly("LEFT 4");
        assertThat(script.server.hub().room("lobby").join().memberCount()).isEqualTo(1);
    }

    @Test
    void whatIsSaidWhileThePastIsReadHasOneOutcomeAndIsInFlightNoLonger() {
        script.join(alice, "lobby");
        for (int cid = 1; cid <= 600; cid += 200) {
            journal.holdReads();
            List<Frame> burst = new ArrayList<>(List.of(new Join(2, "lobby", null, 1, "")));
            for (int i = 0; i < 200; i++) {
                burst.add(say(room, cid + i, "x"));
            }
            alice.sendBytes(Script.bytes(burst.toArray()));
            List<ServerFrame> outcomes = new ArrayList<>(script.run(alice));
            journal.releaseNewestRead();
            outcomes.addAll(script.run(alice));
            assertThat(outcomes)
                    .filteredOn(frame -> frame instanceof Message || frame instanceof Rejected)
                    .hasSize(1 + 200); // with the past
            assertThat(outcomes).noneMatch(Ack.class::isInstance);
            assertThat(outcomes)
                    .noneMatch(frame -> frame instanceof Rejected no && no.code() == ErrorCode.TOO_MANY_IN_FLIGHT);
        }
    }

    /** A client sends its commands right behind CONTINUE: it is a member all the time. */
    @Test
    void whatIsSaidBehindAContinueWaitsForThePast() {
        script.room("den");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        Joined den = ann.join("den");
        ann.send(say(room, 1, "three"));
        ann.lose();
        bob.send(say(room, 3, "four"));
        script.network.run();
        ann.back();
        journal.holdReads();
        int other = den.snapshot().room();
        List<ServerFrame> answers = new ArrayList<>(ann.send(
                new Continue(5, room, new Since(lobby.snapshot().epoch(), 3), 0),
                new Continue(6, other, new Since(den.snapshot().epoch(), 0), 0),
                say(room, 2, "five"),
                say(other, 3, "six")));
        assertThat(answers).isEmpty();
        journal.releaseNewestRead();
        answers.addAll(ann.take());
        assertThat(answers).extracting(ServerSlowPastTest::line).contains("JOINED 5", "JOINED 6");
        assertThat(answers)
                .filteredOn(Message.class::isInstance)
                .extracting(frame -> ((Message) frame).body())
                .containsExactlyInAnyOrder("four", "five", "six");
        assertThat(answers).noneMatch(Rejected.class::isInstance);
    }

    @Test
    void aRoomDoesNotWaitForAnother() {
        script.room("den");
        journal.holdReads();
        alice.send(join(2, "lobby"), join(3, "den"));
        assertThat(lines()).containsExactly("JOINED 3");
        journal.releaseNewestRead();
        assertThat(lines()).containsExactly("JOINED 2", "MESSAGE 1", "MESSAGE 2");
    }
}
