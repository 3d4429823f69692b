package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Chat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signs of life, in a protocol with {@link Ability#PING}. */
public interface GatewayPingContract extends GatewayBinding {

    /** Who answers pings stays, however silent it is. */
    @Test
    default void whoAnswersPingsStays() {
        try (Stage stage = Stage.open(
                this,
                builder -> builder.options(Chat.UNHURRIED.toBuilder()
                        .heartbeat(Duration.ofSeconds(1))
                        .build()))) {
            Talker alice = stage.member("alice");
            alice.await("pinged", () -> alice.pings() >= 3);
            assertThat(alice.isOver()).isFalse();
            alice.answerNoPings();
            alice.awaitsEnd();
        }
    }

    /** Who is silent for good is disconnected; who says something from time to time is not. */
    @Test
    default void silenceEndsTheConnection() {
        try (Stage stage = Stage.open(this)) {
            stage.server()
                    .reconfigure(
                            Chat.UNHURRIED.toBuilder()
                                    .heartbeat(Duration.ofSeconds(1))
                                    .build(),
                            "");
            Talker alice = stage.member("alice");
            Talker bob = stage.member("bob");
            alice.answerNoPings();
            bob.answerNoPings();
            for (int i = 0; i < 50 && !alice.isOver(); i++) {
                bob.say("still here");
                stage.pass(Duration.ofMillis(200));
            }
            assertThat(alice.isOver()).as("the end of the silent").isTrue();
            alice.awaitsRefusal(ErrorCode.IDLE);
            stage.settle("the name is free", () -> !stage.isHere("alice"));
            assertThat(bob.isOver()).isFalse();
            stage.server().reconfigure(Chat.UNHURRIED, "");
            stage.assertHealthy();
        }
    }
}
