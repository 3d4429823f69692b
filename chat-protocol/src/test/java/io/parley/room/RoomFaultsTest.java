package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.KeptRoom;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.RoomException.Reason;
import io.parley.model.Tags;
import java.nio.BufferOverflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever journals, doors and clocks throw or give: everybody is answered, and the room goes on. */
class RoomFaultsTest {
    /** What a journal may do instead of its work. */
    enum Fault {
        THROWS_AN_EXCEPTION,
        THROWS_AN_ERROR,
        GIVES_NO_FUTURE,
        GIVES_NO_VALUE
    }

    private static final class Faulty extends KeptJournal {
        private Fault fault;

        private <T> CompletableFuture<T> or(Supplier<CompletableFuture<T>> work) {
            if (fault == null) {
                return work.get();
            }
            return switch (fault) {
                case THROWS_AN_EXCEPTION -> throw new IllegalStateException("no disk");
                case THROWS_AN_ERROR -> throw new LinkageError("no disk");
                case GIVES_NO_FUTURE -> null;
                case GIVES_NO_VALUE -> CompletableFuture.completedFuture(null);
            };
        }

        @Override
        public CompletableFuture<KeptRoom> open(String room) {
            return or(() -> kept.open(room));
        }

        @Override
        public CompletableFuture<AppendResult> append(AppendRequest request) {
            return or(() -> kept.append(request));
        }
    }

    private final Faulty journal = new Faulty();

    @ParameterizedTest
    @EnumSource
    void whatIsInDoubtIsAskedAgain(Fault fault) {
        TestHub test = TestHub.with(journal);
        Room room = test.room("lobby");
        Reader alice = test.guest("alice").join("lobby");
        journal.fault = fault;
        Answer lost = new Answer();
        try {
            Ask.say(room, test.hub.operator(), 1, 1, "lost", Tags.NONE, lost);
        } catch (Throwable its) {
            // its caller need not see it, but may
        }
        journal.fault = null;
        Answer good = alice.say("good");
        test.hub.tick(); // too early
        assertThat(lost.isOpen()).isTrue();
        test.pass(1_000);
        test.hub.tick();
        assertThat(lost.seq()).isEqualTo(1);
        assertThat(good.seq()).isEqualTo(2);
        Reader bob = test.guest("bob").join("lobby");
        assertThat(alice.readNumbered()).containsExactly("#1 operator: lost", "#2 alice: good");
        bob.leave();
        assertThat(room.memberCount()).isEqualTo(1);
    }

    @Test
    void aFutureThatBringsNothingInTheEndSaysNothing() {
        HandJournal slow = new HandJournal();
        TestHub test = TestHub.with(slow);
        Room room = test.room("lobby");
        Answer lost = test.say(room, test.hub.operator(), "lost");
        Answer next = test.say(room, test.hub.operator(), "next");
        slow.pending.remove().future().complete(null);
        assertThat(lost.isOpen()).isTrue();
        assertThat(room.head()).isZero();
        test.pass(1_000);
        test.hub.tick();
        slow.keepAll();
        assertThat(lost.seq()).isEqualTo(1);
        assertThat(next.seq()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRoomThatCouldNotBeOpenedTakesNoPlace(Fault fault) {
        TestHub test = TestHub.with(journal, bounds -> bounds.maxRooms = 1);
        Peer alice = test.guest("alice");
        journal.fault = fault;
        CompletableFuture<Opening> first = null;
        try {
            first = alice.joining("lobby", BacklogRequest.NOTHING);
        } catch (Throwable its) {
            // as above
        }
        journal.fault = null;
        assertThat(Answer.reasonOf(first)).isEqualTo(Reason.UNAVAILABLE);
        alice.join("lobby");
    }

    // ---- doors

    private static Encoding encoding(Supplier<? extends Throwable> fault) {
        return (room, entry, into) -> {
            if (TestHub.line(entry).endsWith("bad")) {
                RoomFaultsTest.<RuntimeException>raise(fault.get());
            }
        };
    }

    @SuppressWarnings("unchecked") // a door in another language may throw what it likes
    private static <T extends Throwable> void raise(Throwable fault) throws T {
        throw (T) fault;
    }

    private void passesOver(Encoding broken) {
        TestHub test = TestHub.create();
        Room room = test.room("lobby");
        assertThat(test.join(test.guest("alice", broken, new Peer(test)), "lobby", BacklogRequest.NOTHING))
                .isCompleted();
        Reader bob = test.guest("bob").join("lobby");
        assertThat(bob.say("bad").seq()).isEqualTo(1);
        assertThat(bob.say("good").seq()).isEqualTo(2);
        assertThat(bob.readNumbered()).containsExactly("#1 bob: bad", "#2 bob: good");
        assertThat(room.head()).isEqualTo(2);
    }

    @Test
    void anEncodingThatThrowsAnErrorMissesOneEntry() {
        passesOver(encoding(() -> new StackOverflowError("deep")));
    }

    @Test
    void anEncodingThatThrowsWhatIsNotDeclaredMissesOneEntry() {
        passesOver(encoding(() -> new java.io.IOException("undeclared")));
    }

    @Test
    void anEncodingForWhichNoChunkIsLargeEnoughMissesOneEntry() {
        passesOver(encoding(BufferOverflowException::new));
    }

    // ---- clocks

    private boolean stopped;

    private long nanoTime() {
        if (stopped) {
            throw new LinkageError("no clock");
        }
        return 5_000_000_000L;
    }

    private final Hub hub =
            Hub.builder().clock(this::nanoTime, () -> nanoTime() / 1_000_000).build();

    private Participant enter(String name) {
        return TestHub.guest(hub, name, TestHub.LINES, new Peer(null));
    }

    @Test
    void whatCannotBeJudgedIsRefused() {
        Room room = hub.room("lobby").join();
        stopped = true;
        Answer lost = new Answer();
        try {
            Ask.say(room, hub.operator(), 1, 1, "lost", Tags.NONE, lost);
        } catch (LinkageError its) {
            // as above
        }
        stopped = false;
        assertThat(lost.reason()).isEqualTo(Reason.UNAVAILABLE);
        Answer kept = new Answer();
        Ask.say(room, hub.operator(), 1, 2, "kept", Tags.NONE, kept);
        assertThat(kept.seq()).isEqualTo(1);
    }

    @Test
    void whoCameInByHalfIsNotIn() {
        Room room = hub.room("lobby").join();
        Participant alice = enter("alice");
        stopped = true;
        CompletableFuture<Opening> half = null;
        try {
            half = TestHub.join(hub, alice, "lobby", BacklogRequest.NOTHING);
        } catch (LinkageError its) {
            // as above
        }
        stopped = false;
        assertThat(Answer.reasonOf(half)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(room.memberCount()).isZero();
        assertThat(TestHub.join(hub, alice, "lobby", BacklogRequest.NOTHING)).isCompleted();
        assertThat(room.memberCount()).isEqualTo(1);
    }

    @Test
    void aRoomThatCannotBeginTakesNoName() {
        Participant alice = enter("alice");
        stopped = true;
        CompletableFuture<Opening> first = TestHub.join(hub, alice, "lobby", BacklogRequest.NOTHING);
        stopped = false;
        assertThat(Answer.reasonOf(first)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(TestHub.join(hub, alice, "lobby", BacklogRequest.NOTHING)).isCompleted();
    }

    @Test
    void whatIsKeptHasHappenedThoughPresenceCannotBeTold() {
        HandJournal slow = new HandJournal();
        List<Long> told = new ArrayList<>();
        Hub other = Hub.builder()
                .journal(slow)
                .executor(Runnable::run)
                .clock(this::nanoTime, System::currentTimeMillis)
                .listener(new HubListener() {
                    @Override
                    public void onEntry(Room where, Entry.Sequenced entry) {
                        told.add(entry.seq());
                    }
                })
                .build();
        Room room = other.room("lobby").join();
        Participant alice = TestHub.guest(other, "alice", TestHub.LINES, new Peer(null));
        TestHub.join(other, alice, "lobby", BacklogRequest.NOTHING);
        TestHub.join(
                other,
                TestHub.guest(other, "bob", TestHub.LINES, new Peer(null)),
                "lobby",
                BacklogRequest.NOTHING); // not told yet
        Answer kick = new Answer();
        Ask.moderate(room, other.operator(), Action.KICK, "alice", 0, "", kick);
        Answer next = new Answer();
        Ask.say(room, other.operator(), 1, 1, "next", Tags.NONE, next);
        stopped = true;
        slow.keepNext();
        stopped = false;
        assertThat(kick.seq()).isEqualTo(1);
        assertThat(room.memberCount()).isEqualTo(1);
        assertThat(told).containsExactly(1L);
        slow.keepAll();
        assertThat(next.seq()).isEqualTo(2);
        assertThat(told).containsExactly(1L, 2L);
        assertThat(room.head()).isEqualTo(2);
    }
}
