package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** Messages to one user, in a protocol with {@link Ability#DIRECT}. */
public interface GatewayDirectContract extends GatewayBinding {

    /** Users of both gateways write to each other, and nobody else hears it. */
    @Test
    default void messagesGoBothWays() {
        try (Stage stage = Stage.open(this)) {
            Ears atBob = new Ears();
            stage.client(stage.builder("bob").listener(new ClientListener() {
                @Override
                public RoomListener onDirect(ChatRoom conversation) {
                    return atBob;
                }
            }));
            Talker alice = stage.member("alice");
            Talker carol = stage.member("carol");
            alice.send(speaker -> speaker.direct("bob", "psst"));
            stage.settle("bob hears it", () -> atBob.heard("alice: psst"));
            alice.send(speaker -> speaker.direct("bob", "psst again"));
            stage.settle("bob hears it", () -> atBob.heard("alice: psst again"));
            ChatRoom dave = stage.await(stage.client("dave").directAsync("alice", 0, new Ears()));
            stage.await(dave.say("hello alice"));
            alice.awaits(new Heard.Wrote("dave", "hello alice"));
            alice.send(speaker -> speaker.direct("carol", "between us"));
            carol.awaits(new Heard.Wrote("alice", "between us"));
            carol.send(speaker -> speaker.direct("alice", "yes"));
            alice.awaits(new Heard.Wrote("carol", "yes"));
            assertThat(carol.heard(Heard.Wrote.class)).hasSize(1);
            assertThat(alice.said()).isEmpty();
            assertThat(carol.said()).isEmpty();
        }
    }

    /** Who writes to nobody is told so. */
    @Test
    default void nobodyIsWrittenTo() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.talker("alice").send(speaker -> speaker.direct("nobody", "hello"));
            alice.awaitsRefusal(ErrorCode.NO_SUCH_USER);
        }
    }

    /** A conversation that the policy denies is not opened; the other hears nothing. */
    @Test
    default void aConversationCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Talker hermit = stage.talker("hermit");
            Talker alice = stage.talker("alice").send(speaker -> speaker.direct("HERMIT", "psst"));
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
            Talker bob = stage.talker("bob");
            alice.send(speaker -> speaker.direct("bob", "you then"));
            bob.awaits(new Heard.Wrote("alice", "you then"));
            assertThat(hermit.heard(Heard.Wrote.class)).isEmpty();
        }
    }
}
