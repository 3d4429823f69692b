package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.EndedMembership;
import io.parley.model.ErrorCode;
import io.parley.model.HeldMembership;
import io.parley.model.Tags;
import io.parley.room.HubOptions;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Ack;
import io.parley.wire.Bye;
import io.parley.wire.Continue;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Ping;
import io.parley.wire.Presence;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions that go on over another connection, on the wire. */
class ResumeTest {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Script script = new Script();

    private static Message message(ServerFrame frame) {
        return (Message) frame;
    }

    /** Lets time pass while somebody stays awake; what it hears. */
    private List<ServerFrame> wait(Peer<ServerFrame> peer, Duration time) {
        List<ServerFrame> heard = new ArrayList<>();
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minusSeconds(1)) {
            peer.send(new Ping(0));
            heard.addAll(script.advance(peer, Duration.ofSeconds(1)));
        }
        return heard;
    }

    @Test
    void whoComesBackIsAMemberAndNobodySawItGo() {
        script.room("lobby");
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        ann.send(Script.say(lobby.snapshot().room(), 1, "one"));
        wait(bob, Duration.ofSeconds(2));
        ann.lose();
        bob.send(Script.say(lobby.snapshot().room(), 1, "two"));
        assertThat(script.run(bob)).hasOnlyElementsOfType(Message.class);
        ann.back();
        assertThat(ann.held()).hasSize(1);
        HeldMembership held = ann.held().get(0);
        assertThat(held.name()).isEqualTo("lobby");
        assertThat(held.head()).isEqualTo(2);
        List<ServerFrame> answers = ann.goOn(lobby, 1);
        assertThat(answers.get(0)).isInstanceOf(Joined.class);
        assertThat(((Joined) answers.get(0)).recovered()).isTrue();
        assertThat(message(answers.get(1)).body()).isEqualTo("two");
        bob.send(Script.say(lobby.snapshot().room(), 2, "three"));
        assertThat(message(ann.take().get(0)).body()).isEqualTo("three");
        assertThat(script.run(bob)).as("nothing of a coming or going").hasOnlyElementsOfType(Message.class);
    }

    @Test
    void aSessionEndsWhenNobodyComesBack() {
        script.room("lobby");
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        ann.send(Script.say(lobby.snapshot().room(), 1, "one"));
        wait(bob, Duration.ofSeconds(2));
        ann.lose();
        assertThat(wait(bob, GRACE.minusSeconds(1))).noneMatch(Presence.class::isInstance);
        assertThat(wait(bob, Duration.ofSeconds(3)))
                .anyMatch(frame -> frame instanceof Presence news
                        && news.left().size() == 1
                        && news.left().get(0).user().name().equals("ann"));
        assertThat(script.server.hub().user("ann")).isNull();
        assertThat(script.server.hub().heldCount()).isZero();
        Refused gone = (Refused) Comeback.answerTo(script, ann.token());
        assertThat(gone.code()).isEqualTo(ErrorCode.SESSION_GONE);
    }

    @Test
    void aNameThatIsHeldIsTakenForAWhile() {
        Comeback ann = Comeback.guest(script, "ann");
        ann.join("lobby");
        script.network.advance(Duration.ofSeconds(11));
        ann.lose();
        Peer<ServerFrame> other = script.stranger().sendBytes(Script.PREFACE).send(Script.hello("ann"));
        script.network.run();
        Refused taken = (Refused) other.take().get(0);
        assertThat(taken.code()).isEqualTo(ErrorCode.NAME_TAKEN);
        assertThat(taken.retryAfterMillis()).isBetween(1L, GRACE.toMillis());
    }

    @Test
    void whoHasDoneNothingYetIsNotHeld() {
        Comeback.guest(script, "ann").lose();
        assertThat(script.server.hub().user("ann")).isNull();
    }

    @Test
    void whoDoesNotAskForItIsNotHeld() {
        Peer<ServerFrame> simple = script.guest("simple");
        Joined lobby = script.join(simple, "lobby");
        simple.send(Script.say(lobby.snapshot().room(), 1, "one"));
        script.network.advance(Duration.ofSeconds(20));
        simple.abort();
        script.network.run();
        assertThat(script.server.hub().user("simple")).isNull();
    }

    @Test
    void aServerMayHoldNoSessions() {
        Script none = new Script(builder ->
                builder.hubOptions(HubOptions.builder().grace(Duration.ZERO).build()));
        Comeback ann = Comeback.guest(none, "ann");
        assertThat(ann.token().length()).isZero();
        assertThat(ann.welcome.capabilities()).isZero();
        ann.send(Script.say(ann.join("lobby").snapshot().room(), 1, "one"));
        ann.lose();
        assertThat(none.server.hub().user("ann")).isNull();
    }

    @Test
    void goodbyeEndsASession() {
        Comeback ann = Comeback.guest(script, "ann");
        ann.send(Script.say(ann.join("lobby").snapshot().room(), 1, "one"));
        ann.send(new Bye(""));
        assertThat(script.server.hub().user("ann")).isNull();
        assertThat(((Refused) Comeback.answerTo(script, ann.token())).code()).isEqualTo(ErrorCode.SESSION_GONE);
    }

    @Test
    void theRolesOfAGuestOutliveItsConnection() {
        Comeback ann = Comeback.guest(script, "ann");
        Joined den = ann.join("den"); // and owns it
        ann.take();
        ann.send(Script.say(den.snapshot().room(), 1, "mine"));
        ann.lose();
        script.network.advance(Duration.ofMinutes(1));
        ann.back();
        Joined again = (Joined) ann.goOn(den, 2).get(0);
        assertThat(again.snapshot().role()).isEqualTo(io.parley.model.Role.OWNER);
        assertThat(again.snapshot().epoch()).isEqualTo(den.snapshot().epoch());
    }

    // ---- commands

    @Test
    void aRepeatedCommandIsDoneOnce() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        int room = lobby.snapshot().room();
        ann.peer.send(Script.say(room, 1, "one"), Script.say(room, 2, "two"));
        script.network.run();
        ann.lose().back();
        ann.goOn(lobby, 0);
        List<ServerFrame> answers =
                ann.send(Script.say(room, 1, "one"), Script.say(room, 2, "two"), Script.say(room, 3, "three"));
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).isEqualTo(new Ack(1, room, 1));
        assertThat(answers.get(1)).isEqualTo(new Ack(2, room, 2));
        assertThat(message(answers.get(2)).seq()).isEqualTo(3);
        assertThat(script.server.hub().findRoom("lobby").head()).isEqualTo(3);
    }

    @Test
    void aCommandThatTheServerNeverReadIsDoneNow() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        int room = lobby.snapshot().room();
        ann.send(Script.say(room, 1, "one"));
        ann.lose().back(); // 2 and 3 were written, and lost
        ann.goOn(lobby, 1);
        List<ServerFrame> answers = ann.send(Script.say(room, 2, "two"), Script.say(room, 3, "three"));
        assertThat(answers).extracting(frame -> message(frame).body()).containsExactly("two", "three");
    }

    @Test
    void aCommandThatWouldComeBehindALaterOneIsNotDone() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        int room = lobby.snapshot().room();
        int den = ann.join("den").snapshot().room();
        // 1 is refused, 2 is ordered: 1 must not be done behind it, but in another room it may be.
        ann.send(new Say(room, 1, "x".repeat(20_000), Tags.NONE), Script.say(room, 2, "two"));
        ann.lose().back();
        ann.goOn(lobby, 1);
        Rejected late = (Rejected) ann.send(Script.say(room, 1, "one")).get(0);
        assertThat(late.code()).isEqualTo(ErrorCode.NOT_SAID);
        assertThat(den).isNotEqualTo(room);
        assertThat(script.server.hub().findRoom("lobby").head()).isEqualTo(1);
    }

    @Test
    void aCommandOutOfTheWindowHasNoKnownOutcome() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        int room = lobby.snapshot().room();
        int window = ann.welcome.limits().inFlight();
        for (int cid = 1; cid <= window + 1; cid++) {
            ann.send(Script.say(room, cid, "line " + cid));
            script.network.advance(Duration.ofMillis(100)); // the rate
        }
        ann.lose().back();
        ann.goOn(lobby, window + 1L);
        assertThat(((Rejected) ann.send(Script.say(room, 1, "line 1")).get(0)).code())
                .isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
        assertThat(ann.send(Script.say(room, 2, "line 2"))).containsExactly(new Ack(2, room, 2));
    }

    @Test
    void numbersGoOnAndLeaveNoneOut() {
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        int room = lobby.snapshot().room();
        ann.take();
        ann.send(Script.say(room, 1, "one"));
        ann.lose().back();
        ann.goOn(lobby, 2);
        Rejected wrong = (Rejected) ann.send(Script.say(room, 3, "three")).get(0);
        assertThat(wrong.code()).isEqualTo(ErrorCode.BAD_CID);
        assertThat(wrong.text()).isEqualTo("cid 2 comes next");
    }

    @Test
    void whatWasOrderedIsAcknowledgedThoughTheMembershipIsOver() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        int room = ann.join("lobby").snapshot().room();
        ann.send(Script.say(room, 1, "one"));
        ann.lose();
        kick("ann");
        ann.back();
        assertThat(ann.send(Script.say(room, 1, "one"))).containsExactly(new Ack(1, room, 1));
        assertThat(((Rejected) ann.send(Script.say(room, 2, "two")).get(0)).code())
                .isEqualTo(ErrorCode.NOT_A_MEMBER);
    }

    private void kick(String name) {
        script.server.moderate("lobby", io.parley.model.Action.KICK, name, Duration.ZERO, "spam");
        script.network.run();
    }

    // ---- memberships

    @Test
    void whoWasKickedMeanwhileIsToldWhyAndStaysOut() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        ann.send(Script.say(lobby.snapshot().room(), 1, "one"));
        ann.lose();
        kick("ann");
        ann.back();
        assertThat(ann.held()).isEmpty();
        assertThat(ann.ended()).hasSize(1);
        EndedMembership ended = ann.ended().get(0);
        assertThat(ended.code()).isEqualTo(ErrorCode.KICKED);
        Failed no = (Failed) ann.goOn(lobby, 1).get(0);
        assertThat(no.code()).isEqualTo(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void aRoomThatIsNotContinuedIsLeft() {
        script.room("lobby");
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        ann.send(Script.say(lobby.snapshot().room(), 1, "one"));
        ann.lose().back();
        bob.take();
        script.network.advance(Duration.ofSeconds(25));
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isEqualTo(2);
        script.network.advance(Duration.ofSeconds(10));
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isEqualTo(1);
        assertThat(ann.goOn(lobby, 1))
                .filteredOn(Failed.class::isInstance)
                .extracting(no -> ((Failed) no).code())
                .containsExactly(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void aRoomThatIsNotContinuedCanBeLeft() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        int room = ann.join("lobby").snapshot().room();
        ann.send(Script.say(room, 1, "one"));
        ann.lose().back();
        assertThat(ann.send(new Leave(5, room))).containsExactly(new Left(5, room));
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isZero();
        assertThat(((Failed) ann.send(new Leave(6, room)).get(0)).code()).isEqualTo(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void aRoomMayBeJoinedAnewInsteadOfContinued() {
        script.room("lobby");
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        Comeback ann = Comeback.guest(script, "ann");
        int room = ann.join("lobby").snapshot().room();
        ann.send(Script.say(room, 1, "one"));
        ann.lose().back();
        bob.take();
        List<ServerFrame> answers = ann.send(new Join(7, "lobby", null, 10, ""));
        assertThat(answers).hasSize(2);
        assertThat(script.run(bob)).isEmpty();
        script.network.advance(Duration.ofMinutes(1));
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isEqualTo(2);
    }

    @Test
    void nobodyContinuesWhatItIsNoMemberOf() {
        script.room("lobby");
        int room = script.join(script.guest("bob"), "lobby").snapshot().room();
        Comeback ann = Comeback.guest(script, "ann");
        assertThat(((Failed) ann.send(new Continue(3, room, null, 10)).get(0)).code())
                .isEqualTo(ErrorCode.NOT_A_MEMBER);
        assertThat(((Failed) ann.send(new Continue(4, 4711, null, 10)).get(0)).code())
                .isEqualTo(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void aConversationThatBeganMeanwhileIsThere() {
        Comeback ann = Comeback.guest(script, "ann");
        ann.send(Script.say(ann.join("lobby").snapshot().room(), 1, "one"));
        ann.lose();
        Comeback bob = Comeback.guest(script, "bob");
        Joined direct = (Joined)
                bob.send(new Direct(1, ann.welcome.user().id(), null, 0)).get(0);
        bob.send(Script.say(direct.snapshot().room(), 1, "are you there?"));
        ann.back();
        HeldMembership held = ann.held().stream()
                .filter(one -> one.kind() == io.parley.model.RoomKind.DIRECT)
                .findFirst()
                .orElseThrow();
        assertThat(held.name()).isEqualTo("bob");
        assertThat(held.from()).isZero();
        List<ServerFrame> answers = ann.goOn(direct, held.from());
        assertThat(message(answers.get(1)).body()).isEqualTo("are you there?");
    }

    @Test
    void aConversationStaysWithTheOtherWhateverItsName() {
        Comeback bob = Comeback.guest(script, "bob");
        Comeback ann = Comeback.guest(script, "ann");
        Joined direct = (Joined)
                ann.send(new Direct(1, bob.welcome.user().id(), null, 0)).get(0);
        int room = direct.snapshot().room();
        ann.send(Script.say(room, 1, "hello"));
        ann.lose();
        bob.send(new io.parley.wire.Nick(9, "robert"));
        Comeback evil = Comeback.guest(script, "bob");
        ann.back();
        assertThat(ann.held()).extracting(HeldMembership::name).containsExactly("robert");
        ann.goOn(direct, 1);
        ann.send(Script.say(room, 2, "a secret"));
        assertThat(bob.take())
                .anyMatch(frame -> frame instanceof Message said && said.body().equals("a secret"));
        assertThat(evil.take()).isEmpty();
    }

    // ---- two connections

    @Test
    void theLatestConnectionHasTheSession() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        int room = lobby.snapshot().room();
        ann.send(Script.say(room, 1, "one"));
        Peer<ServerFrame> old = ann.peer;
        ann.back(); // the server has not noticed that the first connection is lost
        old.send(Script.say(room, 2, "too late"));
        script.network.run();
        assertThat(old.take())
                .anyMatch(frame -> frame instanceof Failed no && no.id() == 0 && no.code() == ErrorCode.REPLACED);
        assertThat(old.isOver()).isTrue();
        ann.goOn(lobby, 1);
        assertThat(message(ann.send(Script.say(room, 2, "two")).get(0)).body()).isEqualTo("two");
        assertThat(script.server.hub().findRoom("lobby").head()).isEqualTo(2);
        script.network.advance(Duration.ofMinutes(3));
        assertThat(script.server.hub().user("ann")).isNotNull();
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isEqualTo(1);
    }

    /** Its connection ends later than the session was given to another. */
    @Test
    void aConnectionThatIsReplacedTakesNothingWithIt() {
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        ann.send(Script.say(lobby.snapshot().room(), 1, "one"));
        Peer<ServerFrame> old = ann.peer;
        ann.back();
        ann.goOn(lobby, 1);
        old.abort();
        script.network.run();
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isEqualTo(1);
        assertThat(message(ann.send(Script.say(lobby.snapshot().room(), 2, "two"))
                                .get(0))
                        .body())
                .isEqualTo("two");
    }
}
