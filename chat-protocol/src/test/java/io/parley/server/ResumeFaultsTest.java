package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.room.Room;
import io.parley.wire.Bye;
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
}
