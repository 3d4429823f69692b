package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** Several rooms at a time, in a protocol with {@link Ability#SEVERAL_ROOMS}. */
public interface GatewayRoomsContract extends GatewayBinding {

    /** Each message is heard in its room. */
    @Test
    default void roomsAreKeptApart() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.talker("alice").join("one").join("two");
            Talker carol = stage.talker("carol").join("two").join("one");
            Ears ears = new Ears();
            stage.await(stage.client("bob").enterAsync("two", 0, ears));
            alice.send(speaker -> speaker.sayIn("one", "in one")).send(speaker -> speaker.sayIn("two", "in two"));
            carol.awaits(new Heard.Said("one", "alice", "in one"));
            carol.awaits(new Heard.Said("two", "alice", "in two"));
            carol.send(Speaker::leave);
            stage.settle("carol left", () -> stage.members("one") == 1);
            alice.send(speaker -> speaker.sayIn("one", "without carol"));
            stage.await(stage.server().say("two", "the end"));
            carol.awaits(new Heard.Said("two", "operator", "the end"));
            assertThat(carol.said()).doesNotContain("alice: without carol");
            stage.settle("bob hears both", () -> ears.count() == 2);
            assertThat(ears.texts()).containsExactly("in two", "the end");
        }
    }
}
