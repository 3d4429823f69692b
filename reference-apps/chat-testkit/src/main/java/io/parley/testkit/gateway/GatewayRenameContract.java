package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** Names that change, in a protocol with {@link Ability#RENAME}. */
public interface GatewayRenameContract extends GatewayBinding {

    /** A new name is seen by everybody and counts from then on. */
    @Test
    default void aNewNameIsSeen() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Ears ears = new Ears();
            ChatClient bob = stage.client("bob");
            ChatRoom room = stage.await(bob.enterAsync(Stage.LOBBY, 0, ears));
            alice.send(speaker -> speaker.rename("alicia")).awaits(new Heard.Renamed("alice", "alicia"));
            stage.settle("bob sees it", () -> ears.heard("renamed alice to alicia"));
            alice.say("it is me");
            stage.settle("bob hears it", () -> ears.heard("alicia: it is me"));
            stage.await(bob.rename("robert"));
            alice.awaits(new Heard.Renamed("bob", "robert"));
            stage.await(room.say("and me"));
            alice.awaitsSaid("robert", "and me");
            assertThat(stage.isHere("alice")).isFalse();
            stage.talker("alice");
        }
    }

    /** A name that is taken, or not allowed, is refused; the old one stays. */
    @Test
    default void aTakenNameIsRefused() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Ears ears = new Ears();
            stage.member("bob", ears);
            alice.send(speaker -> speaker.rename("BOB")).awaitsRefusal(ErrorCode.NAME_TAKEN);
            alice.send(speaker -> speaker.rename("..."));
            alice.await("refused again", () -> alice.heard(Heard.Refused.class).size() == 2);
            alice.say("still alice");
            stage.settle("bob hears it", () -> ears.heard("alice: still alice"));
        }
    }

    /** A name that the policy denies is refused, however it is spelled; nobody else sees anything. */
    @Test
    default void aNewNameCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice");
            for (String spelling : NoBad.STAFF) {
                int before = alice.heard(Heard.Refused.class).size();
                alice.send(speaker -> speaker.rename(spelling));
                alice.await("refused", () -> alice.heard(Heard.Refused.class).size() > before);
                Heard.Refused refused = alice.heard(Heard.Refused.class).get(before);
                stage.check(refused.code(), refused.text(), ErrorCode.FORBIDDEN);
            }
            alice.say("still alice");
            stage.settle("bob hears it", () -> ears.heard("alice: still alice"));
            assertThat(ears.lines()).noneMatch(line -> line.startsWith("renamed"));
            assertThat(stage.isHere("staff")).isFalse();
        }
    }
}
