package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Ears;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What others do to a user of the gateway: it takes effect, and the user is told. */
public interface GatewayModerationContract extends GatewayBinding {

    private static void act(Stage stage, Action action, String target) {
        stage.await(stage.server().moderate(Stage.LOBBY, action, target, Duration.ofHours(1), "that was enough"));
    }

    /** Who is kicked hears no more of the room, and may come back. */
    @Test
    default void whoIsKickedIsOut() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker alice = stage.member("alice");
            act(stage, Action.KICK, "alice");
            alice.awaitsEnded(ErrorCode.KICKED);
            stage.settle("bob sees it", () -> ears.heard("operator KICK alice: that was enough"));
            stage.await(bob.say("without her"));
            alice.join(Stage.LOBBY);
            stage.await(bob.say("with her"));
            alice.awaitsSaid("bob", "with her");
            assertThat(alice.said()).containsExactly("bob: with her");
            stage.assertHealthy();
        }
    }

    /** Who is banned cannot come back, not even on another connection, under another name or by another gateway. */
    @Test
    default void whoIsBannedStaysOut() {
        Doorman doorman = new Doorman();
        doorman.address = "203.0.113.7";
        try (Stage stage = Stage.open(this, builder -> builder.policy(doorman))) {
            ChatRoom bob = stage.member("bob", new Ears());
            Talker alice = stage.member("alice");
            act(stage, Action.BAN, "alice");
            alice.awaitsEnded(ErrorCode.BANNED_FROM_ROOM);
            alice.send(speaker -> speaker.join(Stage.LOBBY)).awaitsRefusal(ErrorCode.BANNED_FROM_ROOM);
            alice.abort();
            stage.settle("alice has gone", () -> !stage.isHere("alice"));
            Talker again = stage.talker("alicia").send(speaker -> speaker.join(Stage.LOBBY));
            again.awaitsRefusal(ErrorCode.BANNED_FROM_ROOM);
            again.abort();
            stage.settle("alicia has gone", () -> !stage.isHere("alicia"));
            assertThat(stage.fixture().refusal(stage.client("alice").enterAsync(Stage.LOBBY, 0, new Ears())))
                    .isEqualTo(ErrorCode.BANNED_FROM_ROOM);
            stage.await(bob.say("at last"));
            stage.settle("bob is alone", () -> bob.memberCount() == 1);
            assertThat(again.heard(Heard.Joined.class)).isEmpty();
        }
    }

    /** Who is muted hears, is not heard, and is told so each time it speaks. */
    @Test
    default void whoIsMutedIsNotHeard() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker alice = stage.member("alice");
            act(stage, Action.MUTE, "alice");
            alice.say("but");
            alice.awaitsRefusal(ErrorCode.MUTED);
            alice.say("but why");
            alice.await("refused again", () -> alice.heard(Heard.Refused.class).size() == 2);
            stage.await(bob.say("hush"));
            alice.awaitsSaid("bob", "hush");
            stage.settle("bob hears himself", () -> ears.count() > 0);
            assertThat(ears.texts()).containsExactly("hush");
            act(stage, Action.UNMUTE, "alice");
            alice.say("thanks");
            stage.settle("alice is heard", () -> ears.heard("alice: thanks"));
            assertThat(alice.heard(Heard.Refused.class)).hasSize(2);
        }
    }

    /** Who is removed from the server is told why and disconnected; its name is free. */
    @Test
    default void whoIsRemovedIsDisconnected() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice");
            stage.settle("alice is seen", () -> ears.heard("joined alice"));
            assertThat(stage.server().remove("ALICE", "that was enough")).isTrue();
            alice.awaitsRefusal(ErrorCode.REMOVED).awaitsEnd();
            assertThat(alice.heard(Heard.Refused.class).get(0).text()).contains("that was enough");
            stage.settle("bob sees it", () -> ears.heard("left alice: that was enough"));
            stage.settle("the name is free", () -> !stage.isHere("alice"));
            stage.member("alice");
        }
    }
}
