package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.UserItem;
import io.parley.testkit.chat.Ears;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rights hang on who somebody is, by whatever protocol it comes. */
public interface GatewayRightsContract extends GatewayBinding {

    /** Nobody has the name of an account, or one that looks like it, by login or later. */
    @Test
    default void theNameOfAnAccountIsNobodyElses() {
        Doorman doorman = new Doorman();
        try (Stage stage = Stage.open(this, builder -> builder.policy(doorman))) {
            for (String name : new String[] {"anna", "berta"}) {
                doorman.others.put(stage.server().hub().names().user(name).key(), "id of " + name);
            }
            for (String name : new String[] {"anna", "_ANNA", "0perator"}) {
                Talker mallory = stage.talker();
                mallory.send(speaker -> speaker.login(name));
                mallory.awaitsRefusal(ErrorCode.NAME_TAKEN).abort();
            }
            if (stage.can(Ability.RENAME)) {
                for (String name : new String[] {"anna", "_ANNA", "berta", "operator"}) {
                    Talker eve = stage.member("eve");
                    eve.send(speaker -> speaker.rename(name));
                    eve.awaitsRefusal(ErrorCode.NAME_TAKEN);
                    assertThat(stage.isHere("eve")).isTrue();
                    eve.abort();
                    stage.settle("eve has gone", () -> !stage.isHere("eve"));
                }
            }
        }
    }

    /** A room that everybody has left is another one for whoever comes: without what was said, and with an owner of its own. */
    @Test
    default void anEmptyRoomBeginsAnew() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.talker("alice").join("den");
            alice.say("a secret");
            ChatClient bob = stage.client("bob");
            Ears ears = new Ears();
            ChatRoom room = stage.await(bob.enterAsync("den", 10, ears));
            stage.settle("bob heard it", () -> ears.heard("alice: a secret"));
            stage.await(room.leave());
            alice.abort();
            stage.settle("the room has ended", () -> stage.members("den") == 0 && !stage.isHere("alice"));
            Talker carol = stage.talker("carol").join("den");
            ChatClient dave = stage.client("dave");
            Ears later = new Ears();
            ChatRoom next = stage.await(dave.enterAsync("den", 10, later));
            assertThat(next.epoch()).isNotEqualTo(room.epoch());
            carol.say("hello");
            stage.settle("dave hears carol", () -> later.heard("carol: hello"));
            assertThat(later.texts()).containsExactly("hello");
            assertThat(owners(stage)).extracting(owner -> owner.name()).containsExactly("carol");
        }
    }

    /** Whoever is muted is not heard, and changes nothing that others see. */
    @Test
    default void whoIsMutedChangesNothing() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.talker("alice").join("den"); // and owns it
            ChatClient bob = stage.client("bob");
            Ears ears = new Ears();
            ChatRoom room = stage.await(bob.enterAsync("den", 0, ears));
            stage.settle("alice owns the room", () -> !owners(stage).isEmpty());
            stage.await(stage.server().moderate("den", Action.MUTE, "alice", Duration.ofHours(1), "calm down"));
            alice.say("but");
            alice.awaitsRefusal(ErrorCode.MUTED);
            int refused = 1;
            if (stage.can(Ability.TOPIC)) {
                refused = again(alice.send(speaker -> speaker.topic("mine")), refused);
            }
            if (stage.can(Ability.RENAME)) {
                refused = again(alice.send(speaker -> speaker.rename("alicia")), refused);
            }
            if (stage.can(Ability.MODERATION)) {
                refused = again(alice.send(speaker -> speaker.kick("bob")), refused);
            }
            stage.await(room.say("a marker"));
            stage.settle("bob hears the marker", () -> ears.heard("bob: a marker"));
            assertThat(room.topic()).isEmpty();
            assertThat(ears.texts()).containsExactly("a marker");
            assertThat(stage.isHere("alice")).isTrue();
        }
    }

    private static List<UserItem> owners(Stage stage) {
        return Objects.requireNonNull(stage.server().hub().findRoom("den"))
                .state()
                .owners();
    }

    private static int again(Talker talker, int before) {
        talker.await("refused again", () -> talker.heard(Heard.Refused.class).size() > before);
        return before + 1;
    }

    /** Direct messages of somebody who is ignored do not arrive, and the sender is told so. */
    @Test
    default void whoIsIgnoredIsToldSo() {
        try (Stage stage = Stage.open(this)) {
            if (!stage.can(Ability.DIRECT)) {
                return;
            }
            ChatClient bob = stage.client("bob");
            Talker alice = stage.member("alice");
            stage.await(bob.ignore(
                    Objects.requireNonNull(stage.server().hub().user("alice")).id(), true));
            alice.send(speaker -> speaker.direct("bob", "psst"));
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
        }
    }
}
