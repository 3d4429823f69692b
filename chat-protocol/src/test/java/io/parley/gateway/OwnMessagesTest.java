package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.parley.log.LogProbe;
import io.parley.model.BacklogRequest;
import io.parley.model.Identity;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import io.parley.room.Hub;
import io.parley.room.Opening;
import io.parley.room.Outcome;
import io.parley.room.Room;
import io.parley.room.Session;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;
import io.parley.transport.Connection;
import io.parley.transport.Sink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection's own messages, where its encoding wants them apart from the bytes that all share. */
class OwnMessagesTest {
    private final TextGateway gateway = new TextGateway();
    private final Hub hub = Hub.builder().policy(new Accounts()).build();
    private final Way way = new Way();
    private final Session alice = login("alice", null);
    private final Session bob = login("bob", null);
    private final Subscription bobs = join(bob).subscription(); // bob's is the owner's place, which is an entry
    private Membership membership = new Membership(way, join(alice).subscription());
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int most = Integer.MAX_VALUE; // bytes that the sink takes at a time
    private boolean full; // it has just taken some
    private long cids;

    /** Everybody with a password is who it says. */
    private static final class Accounts implements ChatPolicy {
        @Override
        public Answer login(Applicant applicant) {
            String name = applicant.name().display();
            return applicant.isGuest() ? Decision.ALLOW : Decision.admit(Identity.account(name, name));
        }
    }

    private Session login(String name, @Nullable String password) {
        Applicant applicant = Applicant.of(
                hub.names(),
                name,
                password == null ? Credentials.NONE : new Credentials.Password(password),
                "test",
                "text",
                null,
                null);
        return hub.login(applicant, TextGateway.LINES, way).join();
    }

    private static Opening join(Session session) {
        return session.join("lobby", BacklogRequest.NOTHING).join();
    }

    private static void say(Session session, Subscription in, long cid, String body, Outcome outcome) {
        session.say(in, cid, body, Tags.NONE, outcome);
        session.settle();
    }

    private void bobSays(String body) {
        say(bob, bobs, 1, body, Outcome.IGNORED);
    }

    private PendingCommand aliceSays(String body) {
        PendingCommand message = membership.pending().add(++cids, true);
        say(alice, membership.subscription(), cids, body, message);
        return message;
    }

    /** Writes on; a sink that has taken some is full for a moment. */
    private int write(byte[] source, int offset, int length) {
        if (full) {
            full = false;
            return 0;
        }
        int taken = Math.min(most, length);
        written.write(source, offset, taken);
        full = taken < length;
        return taken;
    }

    private String read() {
        Sink sink = this::write;
        Membership.Turn turn;
        do {
            turn = membership.write(sink, way.meter(), new Answers());
        } while (turn == Membership.Turn.FULL || turn == Membership.Turn.MORE);
        String all = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return all;
    }

    private void bothSpeak() {
        bobSays("one");
        aliceSays("mine");
        bobSays("two");
        aliceSays("more");
        aliceSays("last");
        bobSays("three");
        bob.typing(bobs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 11, 1_000})
    void areLeftOut(int taken) {
        most = taken;
        gateway.own = (cid, shared) -> "";
        bothSpeak();
        assertThat(read()).isEqualTo("<bob> one\n<bob> two\n<bob> three\nbob types\n");
        assertThat(way.answered).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 11, 1_000})
    void areReplacedInTheirPlace(int taken) {
        most = taken;
        gateway.own = (cid, shared) -> cid + ": " + shared;
        bothSpeak();
        assertThat(read()).isEqualTo("""
                        <bob> one
                        1: <alice> mine
                        <bob> two
                        2: <alice> more
                        3: <alice> last
                        <bob> three
                        bob types
                        """);
        assertThat(way.answered).isEqualTo(3);
        assertThat(way.meter.takeWritten()).isPositive();
    }

    @Test
    void areAskedAboutOnce() {
        most = 1;
        bothSpeak();
        assertThat(read())
                .isEqualTo("<bob> one\n<alice> mine\n<bob> two\n<alice> more\n<alice> last\n<bob> three\nbob types\n");
        assertThat(gateway.log).containsExactly("own 1", "own 2", "own 3");
    }

    @Test
    void areKnownToBeReplaced() {
        PendingCommand message = membership.pending().add(7, true);
        message.replaced();
        say(alice, membership.subscription(), 7, "clean", message);
        assertThat(read()).isEqualTo("<alice> clean\n");
        assertThat(gateway.log).containsExactly("own 7 replaced");
    }

    /** Its refusal is on its way, by another thread. */
    @Test
    void areFoundBehindOneThatIsRefusedAndStillListed() {
        gateway.own = (cid, shared) -> "";
        PendingCommand refused = membership.pending().add(++cids, true);
        aliceSays("mine");
        bobSays("one");
        assertThat(read()).isEqualTo("<bob> one\n");
        refused.refused(new RoomException(Reason.MUTED, "muted"));
        assertThat(way.sent).isEqualTo("rejected 1\n");
    }

    @Test
    void areNotOwnInAnotherConnectionOfTheAccount() {
        Session first = login("carol", "secret");
        Session second = login("carol", "secret");
        Membership speaking = new Membership(way, join(first).subscription());
        membership = new Membership(way, join(second).subscription());
        say(first, speaking.subscription(), 1, "hello", speaking.pending().add(1, true));
        assertThat(read()).isEqualTo("<carol> hello\n");
        assertThat(gateway.log).isEmpty();
        membership = speaking;
        gateway.own = (cid, shared) -> "";
        assertThat(read()).isEmpty();
        assertThat(gateway.log).containsExactly("own 1");
    }

    @Test
    void areAcknowledgedWhereTheyFellOut() {
        gateway.own = (cid, shared) -> "";
        aliceSays("x".repeat(1_000)); // number 2: the first made bob the owner, and is not shown
        aliceSays("y".repeat(5_000));
        bobSays("here");
        assertThat(LogProbe.dropOldest(membership.subscription())).isTrue();
        assertThat(read()).isEqualTo("ack 1\ngap 1-2\n<bob> here\n");
        assertThat(way.answered).isEqualTo(2);
    }

    /** What is on its way when the room is joined anew comes before the end of the former, or behind the new opening. */
    @Test
    void areOwnWhenTheRoomIsJoinedAnew() {
        gateway.own = (cid, shared) -> "";
        Membership former = membership;
        aliceSays("early");
        bobSays("one");
        Membership next = new Membership(way, join(alice).subscription());
        next.inherit(former);
        former.succeededBy(next);
        aliceSays("late");
        bobSays("two");
        assertThat(read()).isEqualTo("<bob> one\n");
        assertThat(former.write(this::write, way.meter(), new Answers())).isEqualTo(Membership.Turn.DONE);
        membership = next;
        aliceSays("later");
        bobSays("three");
        assertThat(read()).isEqualTo("<bob> two\n<bob> three\n");
        assertThat(way.answered).isEqualTo(3);
    }

    /** A run that is half written ends before an answer, and own messages are apart all the same. */
    @Test
    void anyMixtureIsWrittenInOrder() {
        Random random = new Random(42);
        StringBuilder expected = new StringBuilder();
        StringBuilder got = new StringBuilder();
        gateway.own = (cid, shared) -> cid % 3 == 0 ? null : cid % 3 == 1 ? "" : "*" + shared;
        for (int i = 0; i < 5_000; i++) {
            String body = "m" + i + "-".repeat(random.nextInt(30));
            switch (random.nextInt(4)) {
                case 0 -> {
                    bobSays(body);
                    expected.append("<bob> ").append(body).append('\n');
                }
                case 1, 2 -> {
                    aliceSays(body);
                    if (cids % 3 != 1) {
                        expected.append(cids % 3 == 2 ? "*" : "")
                                .append("<alice> ")
                                .append(body)
                                .append('\n');
                    }
                }
                default -> {
                    most = 1 + random.nextInt(100);
                    if (random.nextBoolean()) {
                        membership.write(this::write, way.meter(), new Answers());
                        membership.yieldSoon();
                    } else {
                        got.append(read());
                    }
                }
            }
        }
        assertThat(got.append(read())).hasToString(expected.toString());
        assertThat(way.answered).isEqualTo(cids);
    }

    /** What a membership needs of its connection. */
    private final class Way implements PendingOutcomes.Line, Subscriber {
        private final Protocol protocol = gateway.open(mock(Peer.class));
        private final OutboxMeter meter =
                new OutboxMeter(1 << 20, new Inbound(bytes -> {}, mock(Connection.class)).gate());
        private int answered;
        private String sent = "";

        @Override
        public Protocol protocol() {
            return protocol;
        }

        @Override
        public boolean ownApart() {
            return TextGateway.LINES.ownApart();
        }

        @Override
        public void send(byte[] bytes) {
            sent += new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public OutboxMeter meter() {
            return meter;
        }

        @Override
        public void answered() {
            answered++;
        }

        @Override
        public void fellOut(Room from, long first, long last) {}

        @Override
        public void ready(Subscription subscription) {}

        @Override
        public void opened(Subscription subscription, Snapshot snapshot) {}
    }
}
