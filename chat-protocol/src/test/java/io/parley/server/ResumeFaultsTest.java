package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.room.HubOptions;
import io.parley.room.Room;
import io.parley.testkit.chat.HeldJournal;
import io.parley.wire.Bye;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What could go wrong with sessions that outlive their connections: journals and policies that are slow or fail, at bad moments. */
class ResumeFaultsTest {
    private static Room room(Script script, String name) {
        return Objects.requireNonNull(script.server.hub().findRoom(name));
    }

    /** Somebody in the lobby, who has said something. */
    private static Comeback talking(Script script, String name) {
        script.room("lobby");
        Comeback one = Comeback.guest(script, name);
        one.send(Script.say(one.join("lobby").snapshot().room(), 1, "one"));
        return one;
    }

    // ---- memberships

    @Test
    void whoSaysGoodbyeBeforeItGoesOnLeavesItsRooms() {
        Script script = new Script();
        Comeback ann = talking(script, "ann");
        ann.lose().back();
        ann.send(new Bye(""));
        assertThat(script.server.hub().user("ann")).isNull();
        assertThat(room(script, "lobby").memberCount()).isZero();
    }

    /** Held by its last connection, while the policy or the journal has not let it in yet. */
    @Test
    void aSessionThatIsOverEntersNothing() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal)
                .hubOptions(HubOptions.builder().maxHeld(1).build()));
        script.room("den");
        Comeback bob = Comeback.guest(script, "bob");
        Joined den = bob.join("den");
        Comeback ann = talking(script, "ann");
        Comeback carl = talking(script, "carl");
        journal.hold();
        bob.send(Script.say(den.snapshot().room(), 1, "busy"));
        ann.send(new Join(5, "den", null, 0, ""));
        ann.lose();
        carl.lose(); // there is one place: ann's session ends
        assertThat(script.server.hub().user("ann")).isNull();
        journal.release();
        script.network.run();
        assertThat(room(script, "den").memberCount()).isEqualTo(1);
    }

    /** It has come in again since, and is a member. */
    @Test
    void whatHasEndedAndBegunAnewHasNotEnded() {
        Script script = new Script();
        Comeback ann = talking(script, "ann");
        script.server.moderate("lobby", Action.KICK, "ann", Duration.ZERO, "spam");
        script.network.run();
        ann.take();
        ann.join("lobby");
        ann.lose().back();
        assertThat(ann.held()).hasSize(1);
        assertThat(ann.ended()).isEmpty();
    }
}
