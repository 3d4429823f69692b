package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** What a user of the gateway does to others, in a protocol with {@link Ability#MODERATION}. */
public interface GatewayModeratorContract extends GatewayBinding {

    /** An owner removes a member, whichever gateway that came by. */
    @Test
    default void anOwnerKicks() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice"); // owns the room that she founds
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker carol = stage.member("carol");
            alice.send(speaker -> speaker.kick("bob"));
            stage.settle("bob is told", () -> ears.heard("closed " + ErrorCode.KICKED));
            alice.send(speaker -> speaker.kick("carol"));
            carol.awaitsEnded(ErrorCode.KICKED);
            assertThat(alice.heard(Heard.Refused.class)).isEmpty();
        }
    }

    /** Who may not do that is told so. */
    @Test
    default void aMemberDoesNot() {
        try (Stage stage = Stage.open(this)) {
            ChatRoom bob = stage.member("bob", new Ears());
            Talker alice = stage.member("alice").send(speaker -> speaker.kick("bob"));
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
            stage.await(bob.say("still here"));
            alice.awaitsSaid("bob", "still here");
        }
    }
}
