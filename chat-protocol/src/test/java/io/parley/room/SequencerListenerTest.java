package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.log.Chunk;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.RoomException;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the listener is told of a lane, and a lane whose listeners misbehave. */
class SequencerListenerTest {
    private final HandJournal journal = new HandJournal();
    private final TestHub test = TestHub.with(journal);
    private final Room room = test.room("lobby");
    private final Reader alice = test.guest("alice").join("lobby");

    @Test
    void whatWasNotKeptIsNotTold() {
        alice.say("lost");
        journal.failNext();
        assertThat(alice.readNumbered()).isEmpty();
        assertThat(test.told).containsExactly("enter alice", "join lobby alice");
    }

    @Test
    void leavingIsToldBehindTheEntryThatSendsAway() {
        test.say(room, test.hub.operator(), "wait");
        alice.say("last words");
        Ask.moderate(room, test.hub.operator(), Action.KICK, "alice", 0, "", new Answer());
        journal.keepAll();
        assertThat(test.told)
                .containsExactly(
                        "enter alice",
                        "join lobby alice",
                        "lobby #1 operator: wait",
                        "lobby #2 alice: last words",
                        "lobby #3 operator KICK alice",
                        "leave lobby alice");
    }

    @Test
    void aRoomSurvivesAnAnswerThatThrows() {
        journal.inline = true;
        Outcome broken = new Outcome() {
            @Override
            public void kept(long seq) {
                throw new IllegalStateException("a bug of the caller's");
            }

            @Override
            public void refused(RoomException why) {}
        };
        try {
            Ask.say(room, test.hub.operator(), 1, 1, "one", Tags.NONE, broken);
        } catch (IllegalStateException itsOwn) {
            // its caller may see it
        }
        assertThat(alice.say("two").isOpen()).isFalse();
    }

    @Test
    void aRoomSurvivesAnOutletThatThrows() {
        journal.inline = true;
        AtomicBoolean thrown = new AtomicBoolean();
        Subscriber broken = new Subscriber() {
            @Override
            public void ready(Subscription cursor) {
                thrown.set(true);
                throw new IllegalStateException("a bug of the gateway's");
            }

            @Override
            public void opened(Subscription subscription, Snapshot snapshot) {}
        };
        Participant bob = test.guest("bob", TestHub.LINES, broken);
        Subscription cursor =
                test.join(bob, "lobby", BacklogRequest.NOTHING).join().subscription();
        for (Chunk run = cursor.prepare(100); run != null; run = cursor.prepare(100)) {
            cursor.advance(run, cursor.remaining());
        }
        assertThat(cursor.sleep()).isTrue();
        try {
            alice.say("one");
        } catch (IllegalStateException itsOwn) {
            // its caller may see it
        }
        assertThat(thrown).isTrue();
        assertThat(alice.say("two").isOpen()).isFalse();
    }
}
