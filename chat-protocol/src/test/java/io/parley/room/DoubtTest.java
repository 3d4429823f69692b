package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.RoomException.Reason;
import io.parley.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal whose answers are lost, come late, or never: what was kept is said once, and the room holds nobody. */
class DoubtTest {
    private final HandJournal journal = new HandJournal();
    private final TestHub test = TestHub.with(journal);
    private Reader alice;
    private Reader bob;

    @BeforeEach
    void joinBoth() {
        alice = test.account("alice").join("lobby");
        journal.keepAll();
        bob = test.account("bob").join("lobby");
        bob.read();
    }

    private void pass(long millis) {
        test.pass(millis);
        test.hub.tick();
    }

    // ---- answers

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatIsLostIsAskedForAgain(boolean kept) {
        Answer one = alice.say("one");
        AppendRequest asked = journal.pending.element().request();
        journal.loseNext(kept);
        assertThat(one.isOpen()).isTrue();
        assertThat(bob.readNumbered()).isEmpty();
        pass(999);
        assertThat(journal.pending).isEmpty();
        pass(1);
        assertThat(journal.pending.element().request()).isSameAs(asked);
        journal.keepNext();
        assertThat(one.seq()).isEqualTo(2);
        assertThat(bob.readNumbered()).containsExactly("#2 alice: one");
        assertThat(journal.kept.open("room:lobby").join().head()).isEqualTo(2);
        pass(1_000);
        assertThat(journal.pending).as("nothing is in doubt any more").isEmpty();
    }

    @Test
    void aRoomGoesOnWhereAnAnswerWasLostOften() {
        Answer one = alice.say("one");
        Answer two = bob.say("two");
        for (int i = 0; i < 20; i++) {
            journal.loseNext(i % 2 == 0);
            pass(1_000);
        }
        journal.keepAll();
        assertThat(one.seq()).isEqualTo(2);
        assertThat(two.value()).as("it waited too long").isEqualTo(Reason.UNAVAILABLE);
        Answer three = bob.say("three");
        journal.keepAll();
        assertThat(three.seq()).isEqualTo(3);
        assertThat(bob.readNumbered()).containsExactly("#2 alice: one", "#3 bob: three");
    }

    @Test
    void anAnswerThatNeverComesIsAskedForAgainAndIsIgnoredWhenItComes() {
        Answer one = alice.say("one");
        HandJournal.Pending first = journal.pending.remove();
        pass(9_999);
        assertThat(journal.pending).isEmpty();
        pass(1);
        HandJournal.Pending second = journal.pending.remove();
        assertThat(second.request()).isSameAs(first.request());
        journal.keep(first); // late
        assertThat(one.isOpen()).isTrue();
        journal.keep(second);
        assertThat(one.seq()).isEqualTo(2);
        assertThat(bob.readNumbered()).containsExactly("#2 alice: one");
    }

    @Test
    void whatSurelyWasNotKeptIsRefusedAtOnce() {
        Answer one = alice.say("one");
        journal.failNext();
        assertThat(one.reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    // ---- other writers

    @Test
    void whatAnotherHasAppendedIsPublishedFirst() {
        TestHub other = TestHub.with(journal.kept);
        Reader carol = other.account("carol").join("lobby");
        assertThat(carol.room().head()).isEqualTo(1);
        assertThat(carol.say("hers").seq()).isEqualTo(2);
        assertThat(bob.readNumbered()).containsExactly("#2 carol: hers");
        Answer one = alice.say("one");
        assertThat(other.say(carol.room(), carol.peer().user(), "in between").seq())
                .isEqualTo(3);
        journal.keepNext(); // it is behind
        journal.keepNext();
        assertThat(one.seq()).isEqualTo(4);
        List<String> all = List.of("#3 carol: in between", "#4 alice: one");
        assertThat(bob.readNumbered()).isEqualTo(all);
        assertThat(carol.readNumbered()).containsExactly("#2 carol: hers", "#3 carol: in between", "#4 alice: one");
    }

    @Test
    void aCommandIsJudgedAfterWhatAnotherHasAppended() {
        TestHub other = TestHub.with(journal.kept);
        Room lobby = other.room("lobby");
        Answer muted = bob.say("am I muted?");
        Answer out = alice.say("am I out?");
        Answer mute = new Answer();
        other.account("bob");
        Ask.moderate(lobby, other.hub.operator(), Action.MUTE, "bob", 0, "", mute);
        assertThat(mute.seq()).isGreaterThan(1);
        journal.keepAll();
        assertThat(muted.reason()).isEqualTo(Reason.MUTED);
        assertThat(out.seq()).isEqualTo(mute.seq() + 1);
        assertThat(bob.readNumbered()).endsWith("#" + out.seq() + " alice: am I out?");
    }

    @Test
    void aMemberWhomAnotherHasRemovedIsOut() {
        TestHub other = TestHub.with(journal.kept);
        Room lobby = other.room("lobby");
        other.account("bob");
        Answer ban = new Answer();
        Ask.moderate(lobby, other.hub.operator(), Action.BAN, "bob", 0, "", ban);
        assertThat(bob.read()).endsWith("#" + ban.seq() + " operator BAN bob", "END BANNED");
        assertThat(alice.room().memberCount()).isEqualTo(1);
        Answer late = bob.say("still here?");
        journal.keepAll(); // the room has a new owner
        assertThat(late.reason()).isEqualTo(Reason.NOT_A_MEMBER);
    }

    @Test
    void aCommandThatIsThereAlreadyIsNotSaidAgain() {
        Answer one = alice.say("one");
        HandJournal.Pending lost = journal.pending.remove();
        journal.kept.append(lost.request()).join(); // its answer is lost, and then somebody else is faster
        TestHub other = TestHub.with(journal.kept);
        assertThat(other.account("carol").join("lobby").say("hers").seq()).isEqualTo(3);
        lost.future().completeExceptionally(new IllegalStateException("connection lost"));
        pass(1_000);
        journal.keepAll();
        assertThat(one.seq()).isEqualTo(2);
        assertThat(bob.readNumbered()).containsExactly("#2 alice: one", "#3 carol: hers");
    }

    @Test
    void anotherHistoryClosesTheRoom() {
        alice.say("one");
        journal.kept.forget("room:lobby");
        journal.kept.open("room:lobby");
        journal.keepNext();
        assertThat(bob.read()).endsWith("END ROOM_GONE");
        Reader again = test.account("carol").join("lobby");
        assertThat(again.snapshot().head()).isZero();
    }

    // ---- nobody is held

    @Test
    void peopleComeAndGoAfterASecond() {
        alice.say("one");
        CompletableFuture<Opening> carol = test.guest("carol").joining("lobby", BacklogRequest.NOTHING);
        bob.leave();
        pass(999);
        assertThat(carol).isNotDone();
        pass(1);
        assertThat(carol).isCompleted();
        assertThat(carol.join().snapshot().head()).isEqualTo(1);
        assertThat(bob.subscription().isOver()).isTrue();
        assertThat(alice.memberNames()).containsExactly("alice", "carol");
        journal.keepAll();
        Reader reader = new Reader(test, null, carol.join());
        assertThat(reader.readNumbered()).containsExactly("#2 alice: one");
    }

    @Test
    void typingAndNewNamesDoNotWaitEither() {
        alice.say("one");
        for (int i = 0; i < 3; i++) {
            bob.room().typing(bob.peer().user());
        }
        test.rename(bob.peer().user(), "rob");
        pass(1_000);
        assertThat(alice.read()).endsWith("~bob", "~bob", "~bob", "bob > rob");
    }

    @Test
    void nobodyLeavesAheadOfItsOwnWords() {
        alice.say("one");
        Answer last = bob.say("last words");
        bob.leave();
        pass(4_000);
        assertThat(alice.memberNames()).containsExactly("alice", "bob");
        journal.keepAll();
        assertThat(last.seq()).isEqualTo(3);
        assertThat(alice.memberNames()).containsExactly("alice");
    }

    @Test
    void nobodyGoesAheadOfWhatIsDoneToIt() {
        Answer kick = alice.act(Action.KICK, "bob");
        bob.leave();
        CompletableFuture<Opening> back = bob.peer().joining("lobby", BacklogRequest.NOTHING);
        pass(4_000);
        assertThat(back).isNotDone();
        journal.keepAll();
        assertThat(kick.seq()).isEqualTo(2);
        assertThat(back).isCompleted();
        assertThat(alice.memberNames()).containsExactly("alice", "bob");
    }

    @Test
    void aRoomWhoseFirstOwnerIsInDoubtDoesNotBecomeTheServers() {
        Reader carol = test.guest("carol").join("den"); // she is to own it, and the journal does not say
        CompletableFuture<Opening> dave = test.guest("dave").joining("den", BacklogRequest.NOTHING);
        pass(1_000);
        carol.leave();
        pass(250);
        journal.keepAll();
        pass(250);
        journal.keepAll();
        new Reader(test, null, dave.join()).leave();
        journal.keepAll();
        assertThat(test.hub.rooms()).extracting(Room::name).containsExactly("lobby");
        assertThat(journal.kept.rooms("", 10).join()).containsExactly("room:lobby");
    }

    @Test
    void commandsThatWaitAreRefusedAfterFiveSeconds() {
        Answer one = alice.say("one");
        Answer two = bob.say("two");
        pass(4_999);
        assertThat(two.isOpen()).isTrue();
        pass(1);
        pass(250);
        assertThat(two.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(one.isOpen()).as("the journal has it").isTrue();
        journal.keepNext();
        assertThat(one.seq()).isEqualTo(2);
        Answer three = bob.say("three");
        journal.keepNext();
        assertThat(three.seq()).isEqualTo(3);
    }

    @Test
    void noneIsRefusedBecauseTheProcessStoodStill() {
        alice.say("one");
        Answer two = bob.say("two");
        pass(60_000);
        assertThat(two.isOpen()).isTrue();
        journal.keepAll();
        assertThat(two.seq()).isEqualTo(3);
    }

    @Test
    void ofCommandsThatWaitThereIsABound() {
        alice.say("one");
        List<Answer> many = new ArrayList<>();
        String text = "x".repeat(10_000);
        for (int i = 0; i < 200; i++) {
            many.add(bob.say(text));
        }
        assertThat(many.stream().filter(Predicate.not(Answer::isOpen)).map(Answer::reason))
                .hasSizeBetween(90, 100)
                .containsOnly(Reason.UNAVAILABLE);
        assertThat(many.get(0).isOpen()).isTrue();
        journal.keepAll();
        assertThat(many.get(0).seq()).isEqualTo(3);
        Answer next = new Answer();
        Ask.say(alice.room(), alice.peer().user(), 9, 1, text, Tags.NONE, next);
        journal.keepAll();
        assertThat(next.seq()).isPositive();
    }

    @Test
    void aRoomInDoubtThatEverybodyLeavesIsClosedWhenItHasTheAnswer() {
        Answer one = alice.say("one");
        bob.leave();
        pass(1_000);
        assertThat(test.hub.rooms()).hasSize(1);
        journal.loseNext(true);
        pass(1_000);
        journal.keepAll();
        assertThat(one.seq()).isEqualTo(2);
        alice.leave();
        assertThat(test.hub.rooms()).isEmpty();
        assertThat(journal.kept.open("room:lobby").join().head()).isEqualTo(2);
    }
}
