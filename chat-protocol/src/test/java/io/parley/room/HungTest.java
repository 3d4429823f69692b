package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.model.BacklogRequest;
import io.parley.model.EntryPage;
import io.parley.model.RoomException.Reason;
import io.parley.model.ServerBan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A journal that does not answer: whoever waits to come into a room, or to read its history, is told so. */
class HungTest {
    private static final class Hung extends KeptJournal {
        private final Queue<CompletableFuture<KeptRoom>> opens = new ArrayDeque<>();
        private boolean isHung = true;

        @Override
        public CompletableFuture<KeptRoom> open(String room) {
            CompletableFuture<KeptRoom> answer = new CompletableFuture<>();
            opens.add(answer);
            return isHung ? answer : kept.open(room);
        }

        @Override
        public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
            return isHung ? new CompletableFuture<>() : kept.read(room, after, before, limit, maxBytes);
        }
    }

    private final Hung journal = new Hung();
    private final TestHub test = TestHub.with(journal);

    private void pass(long millis) {
        test.pass(millis);
        test.hub.tick();
    }

    @Test
    void aRoomThatCannotBeOpenedIsRefusedAfterTenSeconds() {
        CompletableFuture<Opening> alice = test.guest("alice").joining("lobby", BacklogRequest.NOTHING);
        CompletableFuture<Opening> bob = test.guest("bob").joining("lobby", BacklogRequest.NOTHING);
        pass(9_999);
        assertThat(alice).isNotDone();
        pass(1);
        assertThat(Answer.reasonOf(alice)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(Answer.reasonOf(bob)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(test.hub.rooms()).isEmpty();
    }

    @Test
    void anAnswerThatComesTooLateChangesNothing() {
        CompletableFuture<Opening> alice = test.guest("alice").joining("lobby", BacklogRequest.NOTHING);
        pass(10_000);
        journal.isHung = false;
        Reader bob = test.guest("bob").join("lobby");
        journal.opens.remove().complete(journal.kept.open("room:lobby").join());
        assertThat(Answer.reasonOf(alice)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(bob.memberNames()).containsExactly("bob");
        assertThat(bob.say("here").seq()).isPositive();
        assertThat(bob.room().memberCount()).isEqualTo(1);
    }

    @Test
    void aHistoryThatIsNotReadIsRefusedAfterTenSeconds() {
        journal.isHung = false;
        Reader alice = test.guest("alice").join("lobby");
        alice.say("one");
        journal.isHung = true;
        CompletableFuture<EntryPage> page = alice.room().history(0, 10, 10);
        pass(9_999);
        assertThat(page).isNotDone();
        pass(1);
        assertThat(Answer.reasonOf(page)).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aBanThatIsNotKeptInTimeBindsAndIsToldOf() {
        journal.isHung = false;
        TestHub lasting = TestHub.with(new KeptJournal() {
            @Override
            public boolean isLasting() {
                return true;
            }

            @Override
            public CompletableFuture<Void> put(List<KeyValue> values) {
                return new CompletableFuture<>();
            }
        });
        CompletableFuture<ServerBan> ban =
                lasting.hub.bans().add(ServerBan.Kind.NAME, "mallory", Duration.ZERO, "operator", "");
        lasting.pass(9_999);
        lasting.hub.tick();
        assertThat(ban).isNotDone();
        lasting.pass(1);
        lasting.hub.tick();
        assertThat(Answer.reasonOf(ban)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(lasting.hub.bans().list()).hasSize(1);
    }

    @Test
    void whoComesInWhileTheHistoryDoesNotAnswerIsInAfterTenSeconds() {
        journal.isHung = false;
        Reader alice = test.guest("alice").join("lobby");
        alice.say("one");
        journal.isHung = true;
        CompletableFuture<Opening> bob = test.guest("bob").joining("lobby", new BacklogRequest(false, 0, 0, 50));
        pass(10_000);
        assertThat(bob).isCompleted();
        Reader reader = new Reader(test, null, bob.join());
        alice.say("two");
        assertThat(reader.readNumbered()).endsWith("#3 alice: two");
    }
}
