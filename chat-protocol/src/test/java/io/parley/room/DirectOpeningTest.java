package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.KeptRoom;
import io.parley.model.BacklogRequest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Conversations that open while the other goes. */
class DirectOpeningTest {
    /** A journal that opens when the test says so. */
    private static final class Slow extends KeptJournal {
        private final CompletableFuture<Void> go = new CompletableFuture<>();

        @Override
        public CompletableFuture<KeptRoom> open(String room) {
            return go.thenCompose(now -> kept.open(room));
        }
    }

    @Test
    void anAccountThatGoesAndComesWhileTheConversationOpensHearsOfIt() {
        Slow journal = new Slow();
        TestHub test = TestHub.with(journal);
        Peer alice = test.account("alice");
        Peer bob = test.account("bob");
        CompletableFuture<Opening> opening = alice.opening("bob", BacklogRequest.NOTHING);
        bob.exit();
        Peer back = test.account("bob");
        journal.go.complete(null);
        alice.reader(opening).say("hi").seq();
        assertThat(back.opened).hasSize(1);
    }

    @Test
    void aGuestThatGoesWhileTheConversationOpensLeavesNone() {
        Slow journal = new Slow();
        TestHub test = TestHub.with(journal);
        Peer alice = test.account("alice");
        Peer bob = test.guest("bob");
        CompletableFuture<Opening> opening = alice.opening("bob", BacklogRequest.NOTHING);
        bob.exit();
        journal.go.complete(null);
        if (!opening.isCompletedExceptionally()) {
            assertThat(alice.reader(opening).read()).endsWith("END ROOM_GONE");
        }
        assertThat(alice.user().rooms()).isEmpty();
    }

    @Test
    void anAccountThatLeftOneConversationAndCameBackIsOneUserInAll() {
        TestHub test = TestHub.create();
        Peer alice = test.account("alice");
        Peer bob = test.account("bob");
        Peer carol = test.account("carol");
        Reader one = alice.direct("bob");
        one.say("hi").seq();
        Reader two = carol.direct("bob");
        two.say("hi").seq();
        bob.opened.forEach(Reader::leave);
        bob.exit();
        one.leave();
        Peer back = test.account("bob");
        two.say("again").seq();
        assertThat(back.opened).hasSize(1);
        assertThat(back.user().rooms()).hasSize(1);
        two.leave();
        back.opened.get(0).leave();
        back.exit();
        assertThat(test.hub.users()).extracting(User::name).containsExactly("alice", "carol");
    }
}
