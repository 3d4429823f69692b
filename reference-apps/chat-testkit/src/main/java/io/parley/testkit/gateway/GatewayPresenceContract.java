package io.parley.testkit.gateway;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** Who is in a room, in a protocol with {@link Ability#PRESENCE}. */
public interface GatewayPresenceContract extends GatewayBinding {

    /** Users of both gateways see each other come and go. */
    @Test
    default void everybodySeesWhoComesAndGoes() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Ears ears = new Ears();
            ChatClient bob = stage.client("bob");
            ChatRoom room = stage.await(bob.enterAsync(Stage.LOBBY, 0, ears));
            alice.awaits(new Heard.Came("bob"));
            Talker carol = stage.member("carol");
            alice.awaits(new Heard.Came("carol"));
            stage.settle("bob sees it", () -> ears.heard("joined carol"));
            carol.send(Speaker::leave);
            alice.awaits(new Heard.Went("carol"));
            stage.settle("bob sees it", () -> ears.heard("left carol"));
            stage.await(room.leave());
            alice.awaits(new Heard.Went("bob"));
            Talker dave = stage.member("dave");
            alice.awaits(new Heard.Came("dave"));
            dave.abort();
            alice.awaits(new Heard.Went("dave"));
        }
    }
}
