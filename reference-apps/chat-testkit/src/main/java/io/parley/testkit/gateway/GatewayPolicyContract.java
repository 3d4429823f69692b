package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.testkit.chat.Ears;
import org.junit.jupiter.api.Test;

/** What the server's policy denies is denied to users of every gateway, and they are told. */
public interface GatewayPolicyContract extends GatewayBinding {

    /** Denies everything that is called "bad". */
    final class NoBad implements ChatPolicy {
        private NoBad() {}

        private static Decision judge(String what) {
            return what.startsWith("bad") ? Decision.deny("not that") : Decision.ALLOW;
        }

        @Override
        public Answer login(Applicant applicant) {
            return judge(applicant.name().key());
        }

        @Override
        public Answer join(UserRef user, NamePolicy.Name room) {
            return judge(room.key());
        }

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            return judge(body);
        }
    }

    /** A login that is denied. */
    @Test
    default void aLoginCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Talker bad = stage.talker().send(speaker -> speaker.login("bad"));
            bad.awaitsRefusal(ErrorCode.AUTH_FAILED);
            assertThat(bad.heard(Heard.Refused.class).get(0).text()).contains("not that");
            assertThat(stage.isHere("bad")).isFalse();
            stage.assertHealthy();
        }
    }

    /** A room that may not be joined. */
    @Test
    default void aJoinCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Talker alice = stage.talker("alice").send(speaker -> speaker.join("bad"));
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
            assertThat(alice.heard(Heard.Refused.class).get(0).text()).contains("not that");
            assertThat(stage.server().hub().findRoom("bad")).isNull();
            alice.join(Stage.LOBBY);
        }
    }

    /** Words that may not be said. */
    @Test
    default void aMessageCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice").say("bad words").say("good words");
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
            stage.settle("heard", () -> ears.heard("alice: good words"));
            assertThat(ears.texts()).containsExactly("good words");
            assertThat(alice.heard(Heard.Refused.class))
                    .singleElement()
                    .satisfies(one -> assertThat(one.text()).contains("not that"));
        }
    }
}
