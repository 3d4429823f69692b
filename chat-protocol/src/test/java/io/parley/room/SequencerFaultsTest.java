package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.Tags;
import org.junit.jupiter.api.Test;

/** What throws inside a room's lane must not stop the room. */
class SequencerFaultsTest {
    @Test
    void aRoomSurvivesAnEncodingThatThrows() {
        TestHub test = TestHub.create();
        Encoding broken = (room, entry, into) -> {
            if (entry instanceof Entry.Message said && said.body().equals("bad")) {
                throw new IllegalArgumentException("cannot write this");
            }
        };
        Room room = test.room("lobby");
        assertThat(test.join(test.guest("alice", broken, new Peer(test)), "lobby", BacklogRequest.NOTHING))
                .isCompleted();
        Reader bob = test.guest("bob").join("lobby");
        try {
            test.say(room, test.hub.operator(), "bad");
        } catch (IllegalArgumentException itsOwn) {
            // its caller may see it
        }
        assertThat(bob.say("good").isOpen()).isFalse();
    }

    @Test
    void aRoomSurvivesACallerThatPassesNull() {
        TestHub test = TestHub.create();
        Room room = test.room("lobby");
        Answer answer = new Answer();
        try {
            Ask.say(room, test.hub.operator(), 1, 1, null, Tags.NONE, answer);
        } catch (NullPointerException its) {
            // as it should be
        }
        assertThat(test.say(room, test.hub.operator(), "good").isOpen()).isFalse();
    }
}
