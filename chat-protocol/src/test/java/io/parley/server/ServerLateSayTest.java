package io.parley.server;

import static io.parley.server.Script.hello;
import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Identity;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Ack;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Presence;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said on one of an account's connections when that one has left the room already. */
class ServerLateSayTest {
    /** Lets everybody in. */
    private static final class Open implements ChatPolicy {
        @Override
        public Answer login(Applicant applicant) {
            String name = applicant.name().display();
            return Decision.admit(Identity.account(name, name));
        }
    }

    private final HeldJournal journal = new HeldJournal();
    private final Script script = new Script(builder -> builder.journal(journal).policy(new Open()));
    private final Peer<ServerFrame> one;
    private final Peer<ServerFrame> other;
    private final int room;

    ServerLateSayTest() {
        script.room("lobby");
        one = account();
        other = account();
        script.join(other, "lobby");
        room = script.join(one, "lobby").snapshot().room();
    }

    private Peer<ServerFrame> account() {
        byte[] plain = "\0alice\0secret".getBytes(StandardCharsets.UTF_8);
        Peer<ServerFrame> peer = script.stranger().sendBytes(Script.PREFACE).send(hello(1, 1, Wire.PLAIN, plain));
        assertThat(script.run(peer)).hasSize(1).hasOnlyElementsOfType(Welcome.class);
        return peer;
    }

    private static String line(ServerFrame frame) {
        if (frame instanceof Message message) {
            return "MESSAGE " + message.cid();
        } else if (frame instanceof Ack ack) {
            return "ACK " + ack.cid() + " #" + ack.seq();
        } else if (frame instanceof Joined joined) {
            return "JOINED " + joined.id();
        } else if (frame instanceof Left left) {
            return "LEFT " + left.id();
        }
        return frame.getClass().getSimpleName();
    }

    private List<String> lines(Peer<ServerFrame> peer) {
        return script.run(peer).stream()
                .filter(frame -> !(frame instanceof Presence))
                .map(ServerLateSayTest::line)
                .toList();
    }

    @Test
    void whatIsSaidBehindALeaveIsRefused() {
        one.sendBytes(Script.bytes(new Leave(2, room), say(room, 1, "late")));
        assertThat(lines(one)).containsExactly("Rejected", "LEFT 2");
        assertThat(lines(other)).containsExactly("RoomClosed"); // the account has left
    }

    @Test
    void whatIsSaidInFrontOfALeaveIsKeptThoughTheJournalIsSlow() {
        journal.hold();
        one.sendBytes(Script.bytes(say(room, 1, "last words"), new Leave(2, room)));
        assertThat(lines(one)).isEmpty();
        journal.release();
        assertThat(lines(one)).containsExactly("MESSAGE 1", "LEFT 2");
        assertThat(lines(other)).containsExactly("MESSAGE 1", "RoomClosed");
    }

    @Test
    void whatIsSaidBetweenLeavingAndJoiningAnewHasOneOutcome() {
        one.sendBytes(Script.bytes(
                new Leave(2, room), say(room, 1, "between"), new Join(3, "lobby", null, 0, ""), say(room, 2, "in")));
        assertThat(lines(one)).containsExactly("Rejected", "LEFT 2", "JOINED 3", "MESSAGE 2");
    }
}
