package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.room.HubOptions;
import io.parley.testkit.chat.Ears;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server's policy denies is denied to users of every gateway, and they are told. */
public interface GatewayPolicyContract extends GatewayBinding {

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

    /** A name that nobody may have, however it is spelled. */
    @Test
    default void aNameCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            for (String spelling : NoBad.STAFF) {
                Talker staff = stage.talker().send(speaker -> speaker.login(spelling));
                staff.awaitsRefusal(ErrorCode.FORBIDDEN);
                assertThat(staff.heard(Heard.Refused.class).get(0).text()).contains("not that");
                assertThat(stage.isHere("staff")).isFalse();
            }
            stage.assertHealthy();
        }
    }

    /** A room that may be joined, but not created. */
    @Test
    default void aRoomThatIsNotThereCanBeDenied() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Talker alice = stage.talker("alice").send(speaker -> speaker.join("NEW"));
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
            assertThat(stage.server().hub().findRoom("new")).isNull();
            stage.await(stage.server().hub().room("new"));
            alice.join("new");
            assertThat(stage.members("new")).isEqualTo(1);
        }
    }

    /** Words in place of others: everybody gets those, and who said the others sees them too. */
    @Test
    default void aMessageCanBeReplaced() {
        try (Stage stage = Stage.open(this, builder -> builder.policy(new NoBad()))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker carol = stage.member("carol");
            Talker alice = stage.member("alice").say("first").say("ugly words").say("last");
            stage.settle("heard", () -> ears.heard("alice: last"));
            assertThat(ears.texts()).containsExactly("first", "nice words", "last");
            carol.awaitsSaid("alice", "last");
            assertThat(carol.said()).containsExactly("alice: first", "alice: nice words", "alice: last");
            alice.await(
                    "it sees what became of it",
                    () -> alice.heard(Heard.Own.class).contains(new Heard.Own("nice words"))
                            || alice.said().contains("alice: nice words"));
            if (stage.can(Ability.OWN_ENTRIES)) {
                alice.awaits(new Heard.Own("last"));
                assertThat(alice.inOrder()).containsExactly("alice: first", "alice: nice words", "alice: last");
            }
            assertThat(alice.isRefused()).isFalse();
        }
    }

    /** What is said behind a message that the policy thinks about comes behind it; others go on. */
    @Test
    default void aLateAnswerKeepsTheOrder() {
        NoBad policy = new NoBad();
        try (Stage stage = Stage.open(this, builder -> builder.policy(policy))) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker alice = stage.member("alice")
                    .sendTogether(List.of(
                            speaker -> speaker.say("one"),
                            speaker -> speaker.say("late two"),
                            speaker -> speaker.say("three"),
                            speaker -> speaker.say("bad four"),
                            speaker -> speaker.say("five")));
            stage.settle("the first is heard", () -> ears.heard("alice: one"));
            alice.say("six");
            stage.await(bob.say("meanwhile"));
            alice.awaitsSaid("bob", "meanwhile");
            stage.settle("heard", () -> ears.heard("bob: meanwhile"));
            assertThat(ears.texts()).containsExactly("one", "meanwhile");
            policy.decide();
            stage.settle("the last is heard", () -> ears.heard("alice: six"));
            assertThat(ears.texts()).containsExactly("one", "meanwhile", "late two", "three", "five", "six");
            alice.awaitsRefusal(ErrorCode.FORBIDDEN);
        }
    }

    /** A policy that does not answer denies after a while, all that waits at once, and the connection lives. */
    @Test
    default void noAnswerIsADenial() {
        HubOptions options =
                HubOptions.builder().policyTimeout(Duration.ofMillis(300)).build();
        try (Stage stage =
                Stage.open(this, builder -> builder.policy(new NoBad()).hubOptions(options))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice");
            long from = stage.now();
            for (int i = 0; i < 50; i++) {
                alice.say("hung " + i);
            }
            alice.say("then this");
            alice.awaitsRefusal(ErrorCode.UNAVAILABLE);
            stage.settle("heard", () -> ears.heard("alice: then this"));
            alice.await(
                    "all are refused", () -> alice.heard(Heard.Refused.class).size() == 50);
            assertThat(Duration.ofNanos(stage.now() - from)).isLessThan(Duration.ofSeconds(12)); // 50 times is more
            assertThat(ears.texts()).containsExactly("then this");
            assertThat(alice.isOver()).isFalse();
        }
    }

    /** Who is gone when the policy has decided leaves nothing, and its name is free. */
    @Test
    default void aLateAnswerToWhoIsGoneIsHarmless() {
        NoBad policy = new NoBad();
        try (Stage stage = Stage.open(this, builder -> builder.policy(policy))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice").say("one").say("late two");
            stage.settle("the first is heard", () -> ears.heard("alice: one"));
            alice.abort();
            policy.decide(); // what was said before may still be heard
            stage.settle("alice has gone", () -> !stage.isHere("alice"));
            stage.settle("nobody else is a member", () -> stage.members(Stage.LOBBY) == 1);
            Talker again = stage.member("alice").say("back");
            stage.settle("heard", () -> ears.heard("alice: back"));
            assertThat(ears.texts()).startsWith("one").endsWith("back").doesNotHaveDuplicates();
            assertThat(again.isRefused()).isFalse();
        }
    }
}
