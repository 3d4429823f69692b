package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
}
