package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.NotKeptException;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lane with a journal that takes its time: order, batches, failures. */
class SequencerTest {
    private final HandJournal journal = new HandJournal();
    private final TestHub test = TestHub.with(journal);
    private Peer alice;
    private Reader reader;
    private Reader bob;

    @BeforeEach
    void joinBoth() {
        alice = test.account("alice");
        reader = alice.join("lobby");
        journal.keepAll();
        bob = test.account("bob").join("lobby");
        bob.read();
        journal.batches.clear();
    }

    private List<Answer> say(Reader by, int count) {
        return IntStream.range(0, count).mapToObj(i -> by.say("m" + i)).toList();
    }

    @Test
    void nothingIsVisibleOrAnsweredBeforeItIsKept() {
        Answer answer = reader.say("hi");
        assertThat(answer.isOpen()).isTrue();
        assertThat(bob.readNumbered()).isEmpty();
        assertThat(reader.room().head()).isEqualTo(1);
        assertThat(test.told).doesNotContain("lobby #2 alice: hi");
        journal.keepNext();
        assertThat(answer.seq()).isEqualTo(2);
        assertThat(bob.readNumbered()).containsExactly("#2 alice: hi");
        assertThat(reader.room().head()).isEqualTo(2);
        assertThat(test.told).endsWith("lobby #2 alice: hi");
    }

    @Test
    void theSenderIsToldBeforeAnyCursorCanRead() {
        List<String> seen = new ArrayList<>();
        Ask.say(reader.room(), alice.user(), 1, 1, "hi", Tags.NONE, new Outcome() {
            @Override
            public void kept(long seq) {
                seen.add(seq + " " + bob.readNumbered() + " " + reader.room().head());
            }

            @Override
            public void refused(RoomException why) {
                seen.add(why.text());
            }
        });
        journal.keepNext();
        assertThat(seen).containsExactly("2 [] 1");
        assertThat(bob.readNumbered()).hasSize(1);
    }

    @Test
    void whatWaitsGoesAsOneBatch() {
        Answer first = reader.say("first");
        List<Answer> rest = say(reader, 5);
        assertThat(journal.pending).hasSize(1);
        journal.keepNext();
        assertThat(first.seq()).isEqualTo(2);
        assertThat(rest.get(0).isOpen()).isTrue();
        journal.keepNext();
        assertThat(rest).extracting(Answer::seq).containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(journal.batches).containsExactly(1, 5);
        assertThat(bob.readNumbered()).hasSize(6).first().isEqualTo("#2 alice: first");
        assertThat(journal.pending).isEmpty();
    }

    @Test
    void aBatchHasABound() {
        reader.say("first");
        List<Answer> rest = say(reader, 300);
        journal.keepAll();
        assertThat(rest.get(299).seq()).isEqualTo(302);
        assertThat(journal.batches).containsExactly(1, 128, 128, 44);
    }

    @Test
    void whatModeratesIsKeptWithoutTheMessagesAroundIt() {
        reader.say("first");
        Answer before = bob.say("before");
        Answer muted = reader.act(Action.MUTE, "bob");
        Answer after = reader.say("after");
        journal.keepNext();
        journal.failNext();
        journal.keepNext();
        journal.failNext();
        assertThat(before.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(muted.seq()).isEqualTo(3);
        assertThat(after.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(journal.batches).containsExactly(1, 1, 1, 1);
    }

    @Test
    void aFailureRefusesItsBatchAndUsesNoNumber() {
        Answer first = reader.say("first");
        List<Answer> second = say(reader, 3);
        journal.failNext();
        assertThat(first.reason()).isEqualTo(Reason.UNAVAILABLE);
        List<Answer> third = say(bob, 2);
        journal.failNext();
        assertThat(second).extracting(Answer::reason).containsOnly(Reason.UNAVAILABLE);
        journal.keepNext();
        assertThat(third).extracting(Answer::seq).containsExactly(2L, 3L);
        assertThat(bob.readNumbered()).containsExactly("#2 bob: m0", "#3 bob: m1");
    }

    @Test
    void aFailureUndoesWhatItWouldHaveForbidden() {
        reader.act(Action.MUTE, "bob");
        Answer muted = bob.say("between");
        journal.failNext();
        assertThat(journal.pending).hasSize(1);
        journal.keepNext();
        assertThat(muted.seq()).isEqualTo(2);
        assertThat(reader.room().state().mutes()).isEmpty();

        Answer kick = reader.act(Action.KICK, "bob");
        Answer said = bob.say("still here");
        journal.failNext();
        journal.keepNext();
        assertThat(kick.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(said.seq()).isEqualTo(3);
        assertThat(bob.subscription().isOver()).isFalse();
    }

    @Test
    void anAppendThatThrowsIsAFailureToo() {
        Journal broken = new MemoryJournalThatThrows();
        TestHub other = TestHub.with(broken);
        Reader one = other.guest("alice").join("lobby"); // its role is refused as well
        assertThat(one.say("hi").reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(one.room().head()).isZero();
        one.leave();
        assertThat(other.hub.rooms()).isEmpty();
    }

    private static final class MemoryJournalThatThrows extends KeptJournal {
        @Override
        public CompletableFuture<AppendResult> append(AppendRequest request) {
            throw new NotKeptException("no disk");
        }
    }

    @Test
    void aMuteBindsFromItsPlaceOn() {
        Answer before = bob.say("one");
        Answer mute = reader.act(Action.MUTE, "bob");
        Answer after = bob.say("two");
        Answer other = reader.say("three");
        journal.keepAll();
        assertThat(before.seq()).isEqualTo(2);
        assertThat(mute.seq()).isEqualTo(3);
        assertThat(after.reason()).isEqualTo(Reason.MUTED);
        assertThat(other.seq()).isEqualTo(4);
        assertThat(journal.batches).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KICK", "BAN"})
    void aKickBindsFromItsPlaceOn(Action action) {
        Answer before = bob.say("one");
        Answer out = reader.act(action, "bob");
        Answer after = bob.say("two");
        Answer other = reader.say("three");
        journal.keepAll();
        assertThat(before.seq()).isEqualTo(2);
        assertThat(out.seq()).isEqualTo(3);
        assertThat(after.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(other.seq()).isEqualTo(4);
        assertThat(journal.batches).containsExactly(1, 1, 1);
        assertThat(bob.readNumbered()).containsExactly("#2 bob: one", "#3 alice " + action + " bob");
    }

    @Test
    void aRoleBindsFromItsPlaceOn() {
        reader.say("wait");
        Answer tooSoon = bob.topic("soon");
        Answer role = reader.act(Action.MAKE_MODERATOR, "bob");
        Answer topic = bob.topic("now");
        journal.keepAll();
        assertThat(tooSoon.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(role.seq()).isEqualTo(3);
        assertThat(topic.seq()).isEqualTo(4);
        assertThat(reader.room().topic()).isEqualTo("now");
    }

    @Test
    void leavingHasItsPlace() {
        Answer before = bob.say("one");
        bob.subscription().resign();
        Answer after = bob.say("two");
        Answer other = reader.say("three");
        assertThat(bob.subscription().isOver()).isFalse();
        journal.keepAll();
        assertThat(before.seq()).isEqualTo(2);
        assertThat(after.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(other.seq()).isEqualTo(3);
        assertThat(bob.read())
                .contains("#2 bob: one")
                .doesNotContain("#3 alice: three")
                .endsWith("END");
    }

    @Test
    void joiningHasItsPlace() {
        reader.say("one");
        CompletableFuture<Opening> coming = test.guest("carol").joining("lobby", BacklogRequest.NOTHING);
        reader.say("two");
        assertThat(coming).isNotDone();
        journal.keepNext();
        assertThat(coming).isCompleted();
        assertThat(coming.join().snapshot().head()).isEqualTo(2);
        journal.keepNext();
        assertThat(coming.join().subscription().prepare(1_000)).isNotNull();
        assertThat(coming.join().snapshot().members()).hasSize(3);
    }

    @Test
    void theStateIsKeptWithTheEntryThatChangesIt() {
        reader.say("one");
        assertThat(journal.pending.peek().request().stateAfter()).isNull();
        reader.topic("tea");
        reader.say("two");
        journal.keepNext();
        assertThat(journal.pending.peek().request().stateAfter().topic()).isEqualTo("tea");
        journal.keepNext();
        assertThat(journal.kept.open("room:lobby").join().state().topic()).isEqualTo("tea");
    }

    @Test
    void aRoomIsPutAwayOnlyWhenItsLaneIsEmpty() {
        bob.leave();
        Answer last = reader.say("last");
        reader.leave();
        assertThat(test.hub.rooms()).hasSize(1);
        journal.keepNext();
        assertThat(last.seq()).isEqualTo(2);
        assertThat(test.hub.rooms()).isEmpty();
        assertThat(journal.kept.open("room:lobby").join().head()).isEqualTo(2);
    }
}
