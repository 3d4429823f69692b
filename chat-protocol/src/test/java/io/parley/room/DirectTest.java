package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.EntryPage;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations of two. */
class DirectTest {
    private final TestHub test = TestHub.create();
    private final Peer alice = test.account("alice");
    private final Peer bob = test.account("bob");
    private final Peer bobsDesk = test.account("bob");
    private final Peer carol = test.guest("carol");

    @Test
    void opensOnEveryDeviceOfBothAtTheFirstMessage() {
        Peer alicesDesk = test.account("alice");
        Reader mine = alice.direct("Bob");
        assertThat(mine.room().kind()).isEqualTo(RoomKind.DIRECT);
        assertThat(mine.snapshot().name()).isEqualTo("bob");
        assertThat(bob.opened).isEmpty();
        mine.say("hi").seq();
        for (Peer peer : List.of(bob, bobsDesk, alicesDesk)) {
            assertThat(peer.opened).hasSize(1);
            Reader theirs = peer.opened.get(0);
            assertThat(theirs.room()).isSameAs(mine.room());
            assertThat(theirs.snapshot().name()).isEqualTo(peer == alicesDesk ? "bob" : "alice");
            assertThat(theirs.snapshot().head()).isZero();
            assertThat(theirs.readNumbered()).containsExactly("#1 alice: hi");
        }
        assertThat(alice.opened).isEmpty();
        assertThat(mine.readNumbered()).containsExactly("#1 alice: hi");
        mine.say("again").seq();
        assertThat(bob.opened).hasSize(1);
        assertThat(bob.opened.get(0).readNumbered()).containsExactly("#2 alice: again");
    }

    @Test
    void nobodyElseHearsOfIt() {
        alice.direct("bob").say("hi").seq();
        assertThat(carol.opened).isEmpty();
        assertThat(test.hub.rooms()).isEmpty();
        Answer said = new Answer();
        Ask.say(alice.direct("bob").room(), carol.user(), 1, 1, "psst", Tags.NONE, said);
        assertThat(said.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(carol.direct("bob").room()).isNotSameAs(alice.direct("bob").room());
    }

    @Test
    void bothNamesLeadToTheSameRoom() {
        Reader one = alice.direct("bob");
        Reader other = bob.direct("alice");
        assertThat(other.room()).isSameAs(one.room());
        other.say("you first").seq();
        assertThat(one.readNumbered()).containsExactly("#1 bob: you first");
        assertThat(alice.opened).isEmpty();
        assertThat(bobsDesk.opened).hasSize(1);
    }

    @Test
    void aDeviceThatComesLaterIsToldAtTheNextMessage() {
        Reader mine = alice.direct("bob");
        mine.say("one").seq();
        Peer tablet = test.account("bob");
        assertThat(tablet.opened).isEmpty();
        mine.say("two").seq();
        assertThat(tablet.opened).hasSize(1);
        assertThat(tablet.opened.get(0).snapshot().head()).isEqualTo(1);
        assertThat(tablet.opened.get(0).readNumbered()).containsExactly("#2 alice: two");
    }

    @Test
    void whoHasClosedItGetsItBackWithTheNextMessage() {
        Reader mine = alice.direct("bob");
        mine.say("one").seq();
        bob.opened.get(0).leave();
        mine.say("two").seq();
        assertThat(bob.opened).hasSize(2);
        assertThat(bob.opened.get(1).readNumbered()).containsExactly("#2 alice: two");
    }

    @Test
    void closesWhenAGuestGoes() {
        Reader mine = carol.direct("alice");
        mine.say("hi").seq();
        Reader hers = alice.opened.get(0);
        carol.exit();
        assertThat(hers.read()).contains("#1 carol: hi").endsWith("END ROOM_GONE");
        assertThat(hers.say("hello?").reason()).isEqualTo(Reason.ROOM_GONE);
        assertThat(alice.user().rooms()).isEmpty();
        assertThat(alice.user().directs().open()).isEmpty();
        Peer other = test.guest("carol");
        Reader next = other.direct("alice");
        assertThat(next.snapshot().head()).isZero();
        assertThat(next.room()).isNotSameAs(hers.room());
    }

    @Test
    void anAccountsConversationOutlastsItsConnections() {
        Reader mine = alice.direct("bob");
        mine.say("one").seq();
        bob.opened.get(0).leave();
        bobsDesk.opened.get(0).leave();
        bob.exit();
        bobsDesk.exit();
        assertThat(mine.say("two").seq()).isEqualTo(2);
        assertThat(mine.readNumbered()).hasSize(2);
        Peer back = test.account("bob");
        Reader again = back.reader(back.opening("alice", BacklogRequest.last(10)));
        assertThat(again.joined().backlog().stream().map(TestHub::line))
                .containsExactly("#1 alice: one", "#2 alice: two");
        assertThat(again.say("three").seq()).isEqualTo(3);
        assertThat(mine.readNumbered()).containsExactly("#3 bob: three");
    }

    @Test
    void itsHistoryComesBackAfterBothHaveLeft() {
        Reader mine = alice.direct("bob");
        mine.say("one").seq();
        mine.leave();
        bob.opened.get(0).leave();
        bobsDesk.opened.get(0).leave();
        assertThat(alice.user().directs().open()).isEmpty();
        Reader again = bob.direct("alice");
        assertThat(again.snapshot().head()).isEqualTo(1);
        EntryPage page =
                again.room().history(bob.user(), Journal.NONE, Journal.NONE, 10).join();
        assertThat(page.entries().stream().map(TestHub::line)).containsExactly("#1 alice: one");
        assertThat(Answer.reasonOf(again.room().history(carol.user(), Journal.NONE, Journal.NONE, 10)))
                .isEqualTo(Reason.NOT_A_MEMBER);
    }

    @Test
    void needsSomebodyElseWhoIsHere() {
        assertThat(Answer.reasonOf(alice.opening("nobody", BacklogRequest.NOTHING)))
                .isEqualTo(Reason.NO_SUCH_USER);
        assertThat(Answer.reasonOf(alice.opening("operator", BacklogRequest.NOTHING)))
                .isEqualTo(Reason.NO_SUCH_USER);
        assertThat(Answer.reasonOf(alice.opening("ALICE", BacklogRequest.NOTHING)))
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(Answer.reasonOf(alice.opening("a b", BacklogRequest.NOTHING)))
                .isEqualTo(Reason.BAD_NAME);
    }

    @Test
    void hasNoOwners() {
        Reader mine = alice.direct("bob");
        mine.say("hi").seq();
        assertThat(mine.topic("us").reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(mine.act(Action.KICK, "bob").reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(mine.configure(RoomSettings.DEFAULT).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(mine.room().state()).isEqualTo(RoomState.EMPTY);
    }

    @Test
    void followsNewNames() {
        Reader mine = alice.direct("bob");
        mine.say("hi").seq();
        test.hub.tick();
        mine.read();
        bob.rename("robert");
        assertThat(mine.read()).containsExactly("bob > robert");
        assertThat(alice.direct("robert").room()).isSameAs(mine.room());
        assertThat(mine.room().name()).contains("alice").contains("robert");
    }
}
