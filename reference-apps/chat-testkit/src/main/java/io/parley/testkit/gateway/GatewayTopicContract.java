package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** Topics, in a protocol with {@link Ability#TOPIC}. */
public interface GatewayTopicContract extends GatewayBinding {

    /** A topic is seen by everybody, also by who comes later. */
    @Test
    default void aTopicIsSeen() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice"); // owns the room that she founds
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            alice.send(speaker -> speaker.topic("tea")).awaits(new Heard.Topic("tea"));
            stage.settle(
                    "bob sees it",
                    () -> ears.heard("topic of alice: tea") && bob.topic().equals("tea"));
            stage.member("late").awaits(new Heard.Topic("tea"));
            stage.await(stage.server().setTopic(Stage.LOBBY, "coffee"));
            alice.awaits(new Heard.Topic("coffee"));
        }
    }

    /** Who may not set it is told so. */
    @Test
    default void notEverybodySetsIt() {
        try (Stage stage = Stage.open(this)) {
            ChatRoom bob = stage.member("bob", new Ears());
            Talker alice = stage.member("alice").send(speaker -> speaker.topic("tea"));
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
            stage.await(bob.setTopic("coffee"));
            alice.awaits(new Heard.Topic("coffee"));
        }
    }

    /** A topic that the policy denies is refused, and one that it replaces is set as it says. */
    @Test
    default void aTopicCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Talker alice = stage.member("alice"); // owns the room that she founds
            Ears ears = new Ears();
            stage.member("bob", ears);
            alice.send(speaker -> speaker.topic("bad tea")).awaitsRefusal(ErrorCode.FORBIDDEN);
            alice.send(speaker -> speaker.topic("ugly tea")).awaits(new Heard.Topic("nice tea"));
            stage.settle("bob sees it", () -> ears.heard("topic of alice: nice tea"));
            assertThat(ears.lines())
                    .filteredOn(line -> line.startsWith("topic"))
                    .hasSize(1);
        }
    }
}
