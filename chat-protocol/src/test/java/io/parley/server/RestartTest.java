package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.LastingJournal;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.HeldMembership;
import io.parley.model.Role;
import io.parley.model.ServerBan;
import io.parley.room.Bans;
import io.parley.room.Room;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Ack;
import io.parley.wire.Bye;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Ignore;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Nick;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that ends at any moment, and another one with the same journal: sessions and rooms go on. */
class RestartTest {
    private final LastingJournal journal = new LastingJournal();
    private Script script = start();

    private Script start() {
        return new Script(builder -> builder.journal(journal));
    }

    /** The server is gone from one moment to the next; nothing that it does from then on is kept. */
    private void crash() {
        journal.die();
        Script dead = script;
        journal.live();
        script = start();
        assertThat(dead).isNotSameAs(script);
    }

    private void pass(Duration time) {
        script.network.advance(time);
    }

    private static String text(ServerFrame frame) {
        return ((Message) frame).body();
    }

    private Room room(String name) {
        return script.server.hub().findRoom(name);
    }

    private void moderate(Action action, String name) {
        script.server.moderate("lobby", action, name, Duration.ZERO, "");
        script.network.run();
    }

    /** The number that something got which was said. */
    private static long said(Comeback by, int room, long cid, String text) {
        return by.send(Script.say(room, cid, text)).stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .filter(message -> message.cid() == cid)
                .findFirst()
                .orElseThrow()
                .seq();
    }

    private Comeback ann(String... said) {
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        for (int i = 0; i < said.length; i++) {
            ann.send(Script.say(lobby.snapshot().room(), i + 1, said[i]));
        }
        return ann;
    }

    @Test
    void aSessionGoesOnWhereItWas() {
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("Lobby");
        int number = lobby.snapshot().room();
        assertThat(said(ann, number, 1, "one")).isEqualTo(2);
        crash();
        ann.to(script).back();
        HeldMembership held = ann.held().get(0);
        assertThat(held.room()).isEqualTo(number);
        assertThat(held.epoch()).isEqualTo(lobby.snapshot().epoch());
        assertThat(held.head()).isEqualTo(2);
        assertThat(held.name()).isEqualTo("Lobby");
        Joined again = (Joined) ann.goOn(lobby, 2).get(0);
        assertThat(again.recovered()).isTrue();
        assertThat(again.snapshot().role()).isEqualTo(Role.OWNER);
        assertThat(said(ann, number, 2, "two")).isEqualTo(3);
        assertThat(room("lobby").name()).isEqualTo("Lobby");
    }

    @Test
    void whatIsRepeatedIsSaidOnce() {
        Comeback ann = ann("one");
        Joined lobby = ann.join("den");
        int number = lobby.snapshot().room();
        ann.send(Script.say(number, 2, "two"));
        crash();
        ann.to(script).back().goOn(lobby, 0);
        assertThat(ann.send(Script.say(number, 2, "two"))).containsExactly(new Ack(2, number, 2));
        assertThat(said(ann, number, 3, "three")).isEqualTo(3);
        assertThat(room("den").head()).isEqualTo(3);
    }

    @Test
    void whatWasAnsweredAndNotKeptLeavesItsNumberOut() {
        Comeback ann = ann("one");
        Joined lobby = ann.join("lobby");
        int number = lobby.snapshot().room();
        assertThat(ann.send(Script.say(number, 2, "x".repeat(20_000))).get(0)).isInstanceOf(Rejected.class);
        crash();
        ann.to(script).back().goOn(lobby, 0);
        assertThat(said(ann, number, 3, "three")).isEqualTo(3);
        assertThat(ann.send(Script.say(number, 5, "five")).get(0))
                .as("only the first may leave numbers out")
                .isInstanceOfAny(Failed.class, Rejected.class);
    }

    @Test
    void tokensAreGoodWhenTheServerEndsRightAfterItHasGivenThem() {
        Comeback ann = ann("one");
        Bytes first = ann.token();
        ann.lose().back();
        Bytes second = ann.token();
        assertThat(second).isNotEqualTo(first);
        crash(); // nothing of that is stored yet
        ann.to(script).back(second);
        pass(Duration.ofSeconds(2));
        Bytes third = ann.token();
        ann.lose();
        crash();
        assertThat(Comeback.answerTo(script, first)).isInstanceOf(Refused.class);
        ann.to(script).back(third);
    }

    @Test
    void membershipsOfTheLastSecondsMayBeThoseOfBefore() {
        Comeback ann = ann("one");
        ann.join("den");
        pass(Duration.ofSeconds(2));
        crash();
        ann.to(script).back();
        assertThat(ann.held()).extracting(HeldMembership::name).containsExactlyInAnyOrder("lobby", "den");
    }

    @Test
    void whoOnlyListensIsStoredAfterTenSeconds() {
        Comeback ann = ann();
        pass(Duration.ofSeconds(9));
        Script before = script;
        crash();
        assertThat(Comeback.answerTo(script, ann.token())).isInstanceOf(Refused.class);
        script = before;
        pass(Duration.ofSeconds(3));
        crash();
        ann.to(script).back();
        assertThat(ann.held()).hasSize(1);
    }

    @Test
    void whoHasGoneDoesNotComeBack() {
        Comeback ann = ann("one");
        ann.send(new Bye(""));
        pass(Duration.ofSeconds(2));
        crash();
        assertThat(Comeback.answerTo(script, ann.token())).isInstanceOf(Refused.class);
        assertThat(script.server.hub().userCount()).isZero();
        Comeback.guest(script, "ann");
    }

    @Test
    void theNameOfWhoIsAwayIsTaken() {
        Comeback ann = ann("one");
        crash();
        Peer<ServerFrame> other = script.stranger().sendBytes(Script.PREFACE).send(Script.hello("ann"));
        Refused taken = (Refused) script.run(other).get(0);
        assertThat(taken.code()).isEqualTo(ErrorCode.NAME_TAKEN);
        pass(Duration.ofMinutes(3));
        assertThat(Comeback.answerTo(script, ann.token())).isInstanceOf(Refused.class);
        assertThat(journal.values("session", "", 10).join()).isEmpty();
        assertThat(journal.rooms("", 10).join())
                .as("a room of guests ends with them")
                .isEmpty();
        Comeback.guest(script, "ann");
    }

    @Test
    void theServersRoomStaysWithWhatWasSaid() {
        script.room("den");
        Comeback ann = Comeback.guest(script, "ann");
        int den = ann.join("den").snapshot().room();
        ann.send(Script.say(den, 1, "one"));
        ann.send(new Bye(""));
        pass(Duration.ofSeconds(2));
        crash();
        Comeback bob = Comeback.guest(script, "bob");
        Joined joined = script.join(bob.peer, "den");
        assertThat(joined.snapshot().head()).isEqualTo(1);
        bob.send(new Bye(""));
        pass(Duration.ofSeconds(2));
        assertThat(journal.open("room:den").join().head()).isEqualTo(1);
    }

    @Test
    void restrictionsBindAfterwards() {
        Comeback ann = ann("one");
        Comeback bob = Comeback.guest(script, "bob");
        Joined lobby = bob.join("lobby");
        int number = lobby.snapshot().room();
        bob.send(Script.say(number, 1, "hello"));
        Comeback eve = Comeback.guest(script, "eve");
        eve.join("lobby");
        eve.send(Script.say(number, 1, "hello"));
        pass(Duration.ofSeconds(2));
        moderate(Action.MUTE, "bob");
        moderate(Action.BAN, "eve"); // and the session is not stored since
        crash();
        bob.to(script).back().goOn(lobby, 0);
        assertThat(((Rejected) bob.send(Script.say(number, 2, "hm")).get(0)).code())
                .isEqualTo(ErrorCode.MUTED);
        eve.to(script).back();
        assertThat(eve.held()).isEmpty();
        assertThat(eve.ended()).hasSize(1);
        ann.to(script).back();
    }

    @Test
    void aDirectConversationGoesOn() {
        Comeback ann = ann("one");
        Comeback bob = Comeback.guest(script, "bob");
        List<ServerFrame> opened = ann.send(new Direct(5, bob.welcome.user().id(), null, 0));
        int number = ((Joined) opened.get(0)).snapshot().room();
        ann.send(Script.say(number, 2, "psst"));
        bob.take();
        bob.send(Script.say(number, 1, "yes?"));
        pass(Duration.ofSeconds(2));
        crash();
        bob.to(script).back();
        assertThat(bob.held()).extracting(HeldMembership::room).containsExactly(number);
        ann.to(script).back();
        ann.goOn((Joined) opened.get(0), 2);
        bob.goOn((Joined) opened.get(0), 2);
        ann.send(Script.say(number, 3, "still there?"));
        assertThat(bob.take().stream().filter(Message.class::isInstance).map(RestartTest::text))
                .containsExactly("still there?");
    }

    @Test
    void aShutdownStoresWhatIsNotStoredYet() {
        Comeback ann = ann();
        pass(Duration.ofSeconds(5)); // too young to be stored
        Comeback bob = Comeback.guest(script, "bob");
        Joined lobby = bob.join("lobby");
        bob.send(Script.say(lobby.snapshot().room(), 1, "one"));
        bob.join("den");
        bob.lose();
        var down = script.server.shutdown(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(3));
        assertThat(down).isCompleted();
        crash();
        bob.to(script).back();
        assertThat(bob.held()).extracting(HeldMembership::name).containsExactlyInAnyOrder("lobby", "den");
        assertThat(Comeback.answerTo(script, ann.token())).isInstanceOf(Refused.class);
    }

    @Test
    void bansOfTheServerBind() {
        Bans bans = script.server.hub().bans();
        bans.add(ServerBan.Kind.NAME, "eve", Duration.ZERO, "operator", "spam").join();
        bans.add(ServerBan.Kind.NAME, "mal", Duration.ofMinutes(5), "operator", "")
                .join();
        bans.lift(bans.add(ServerBan.Kind.NETWORK, "203.0.113.0/24", Duration.ZERO, "operator", "")
                .join()
                .number());
        List<ServerBan> before = bans.list();
        crash();
        assertThat(script.server.hub().bans().list()).isEqualTo(before).hasSize(2);
        Peer<ServerFrame> eve = script.stranger().sendBytes(Script.PREFACE).send(Script.hello("eve"));
        assertThat(((Refused) script.run(eve).get(0)).code()).isEqualTo(ErrorCode.BANNED);
        ServerBan next = script.server
                .hub()
                .bans()
                .add(ServerBan.Kind.NAME, "zed", Duration.ZERO, "operator", "")
                .join();
        assertThat(next.number()).isGreaterThan(2);
    }

    @Test
    void whomAGuestIgnoresIsKnownAfterwards() {
        Comeback ann = ann("one");
        Comeback bob = Comeback.guest(script, "bob");
        bob.send(Script.say(bob.join("lobby").snapshot().room(), 1, "hello"));
        ann.send(new Ignore(7, bob.welcome.user().id(), true));
        pass(Duration.ofSeconds(2));
        crash();
        ann.to(script).back();
        bob.to(script).back();
        List<ServerFrame> answer = bob.send(new Direct(5, ann.welcome.user().id(), null, 0));
        assertThat(answer.get(0)).isInstanceOf(Failed.class);
    }

    @Test
    void whatTheJournalDoesNotAnswerIsStoredAgain() {
        Comeback ann = ann("one");
        pass(Duration.ofSeconds(2));
        journal.die();
        ann.join("den");
        pass(Duration.ofSeconds(3));
        journal.live(); // and what was asked meanwhile is never answered
        pass(Duration.ofSeconds(9));
        crash();
        ann.to(script).back();
        assertThat(ann.held()).extracting(HeldMembership::name).containsExactlyInAnyOrder("lobby", "den");
    }

    @Test
    void aNewNameIsKnownAfterwards() {
        Comeback ann = ann("one");
        ann.send(new Nick(9, "anna"));
        pass(Duration.ofSeconds(2));
        crash();
        Comeback other = Comeback.guest(script, "ann");
        assertThat(other.welcome.user().name()).isEqualTo("ann");
        ann.to(script).back();
        assertThat(ann.welcome.user().name()).isEqualTo("anna");
    }

    @Test
    void whoWasBannedFromTheServerIsNotThereAgain() {
        Comeback ann = ann("one");
        journal.put(List.of()); // nothing more of the session is stored
        script.server
                .hub()
                .bans()
                .add(ServerBan.Kind.NAME, "ann", Duration.ZERO, "operator", "spam")
                .join();
        crash();
        assertThat(script.server.hub().userCount()).isZero();
        assertThat(journal.values("session", "", 10).join()).isEmpty();
        assertThat(Comeback.answerTo(script, ann.token())).isInstanceOf(Refused.class);
    }

    @Test
    void aTokenIsGoodThoughTheServerEndsAgainAndAgainRightAfterItWasGiven() {
        Comeback ann = ann("one");
        Bytes before = ann.token();
        for (int i = 0; i < 10; i++) {
            crash();
            ann.to(script).back();
            assertThat(ann.token()).isNotEqualTo(before);
            before = ann.token();
        }
        for (int i = 0; i < 3; i++) {
            crash(); // and nobody comes
        }
        ann.to(script).back();
    }
}
