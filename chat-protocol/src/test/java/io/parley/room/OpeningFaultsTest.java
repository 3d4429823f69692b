package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.KeptRoom;
import io.parley.model.BacklogRequest;
import io.parley.model.EntryPage;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A journal that throws where it should fail. */
class OpeningFaultsTest {
    private static final class Throwing extends KeptJournal {
        private boolean broken = true;

        @Override
        public CompletableFuture<KeptRoom> open(String room) {
            if (broken) {
                throw new IllegalStateException("no disk");
            }
            return kept.open(room);
        }

        @Override
        public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
            if (broken) {
                throw new IllegalStateException("no disk");
            }
            return kept.read(room, after, before, limit, maxBytes);
        }
    }

    private final Throwing journal = new Throwing();
    private final TestHub test = TestHub.with(journal);
    private final Peer alice = test.guest("alice");

    @Test
    void aRoomThatCouldNotBeOpenedCanBeOpenedLater() {
        CompletableFuture<Opening> first;
        try {
            first = alice.joining("lobby", BacklogRequest.NOTHING);
        } catch (IllegalStateException thrown) {
            first = CompletableFuture.failedFuture(new RoomException(Reason.UNAVAILABLE, "thrown"));
        }
        assertThat(Answer.reasonOf(first)).isEqualTo(Reason.UNAVAILABLE);
        journal.broken = false;
        assertThat(alice.joining("lobby", BacklogRequest.NOTHING)).isCompleted();
    }

    @Test
    void aBacklogThatCannotBeReadIsLeftOut() {
        journal.broken = false;
        alice.join("lobby").say("hi").seq();
        journal.broken = true;
        CompletableFuture<Opening> joined = alice.joining("lobby", BacklogRequest.last(5));
        assertThat(joined).isCompletedWithValueMatching(one -> one.backlog().isEmpty());
    }
}
