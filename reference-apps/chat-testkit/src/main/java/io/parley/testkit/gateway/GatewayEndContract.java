package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.transport.Bench;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How connections of a gateway and the server end. */
public interface GatewayEndContract extends GatewayBinding {

    /** Who says goodbye is disconnected in order; what it said before is heard, and its name is free. */
    @Test
    default void aGoodbyeEndsTheConnection() {
        try (Stage stage = Stage.open(
                this,
                builder -> builder.options(Chat.UNHURRIED.toBuilder()
                        .closeTimeout(ChatFixture.LIMIT.multipliedBy(2)) // so that nothing but the goodbye ends it
                        .build()))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice");
            for (int i = 0; i < 100; i++) {
                alice.say("no " + i);
            }
            alice.send(Speaker::goodbye).awaitsEnd();
            stage.settle("bob sees it", () -> ears.heard("left alice"));
            assertThat(ears.count()).isEqualTo(100);
            stage.settle("the name is free", () -> !stage.isHere("alice"));
            assertThat(alice.heard(Heard.Refused.class)).isEmpty();
            stage.member("alice");
            stage.talker("carol").send(Speaker::goodbye).awaitsEnd(); // in no room
        }
    }

    /** So is who ends the connection without a word. */
    @Test
    default void theEndOfTheStreamEndsTheConnection() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice");
            for (int i = 0; i < 100; i++) {
                alice.say("no " + i);
            }
            alice.close().awaitsEnd();
            stage.settle("bob sees it", () -> ears.lines().stream().anyMatch(line -> line.startsWith("left alice")));
            assertThat(ears.count()).isEqualTo(100);
            stage.settle("the name is free", () -> !stage.isHere("alice"));
            stage.member("alice");
        }
    }

    /** When a connection is lost the others are told, and its name is free. */
    @Test
    default void aLostConnectionFreesTheName() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            for (int i = 1; i <= 5; i++) {
                int times = i;
                Talker alice = stage.member("alice");
                stage.settle(
                        "alice is seen",
                        () -> ears.lines().stream()
                                        .filter("joined alice"::equals)
                                        .count()
                                == times);
                alice.send(Speaker::half).abort();
                stage.settle(
                        "bob sees it",
                        () -> ears.lines().stream()
                                        .filter(line -> line.startsWith("left alice: connection lost"))
                                        .count()
                                == times);
                stage.settle("the name is free", () -> !stage.isHere("alice"));
            }
        }
    }

    /** A shutdown is told to everybody; what is said by then is kept and heard; who goes is waited for. */
    @Test
    default void aShutdownLetsEverybodyFinish() {
        HeldJournal journal = new HeldJournal();
        try (Stage stage = Stage.open(this, builder -> builder.journal(journal))) {
            Talker alice = stage.member("alice");
            Talker carol = stage.member("carol");
            Talker applicant = stage.talker();
            stage.settle("the server has accepted all", () -> stage.server().connections() == 3);
            journal.hold();
            alice.say("last words");
            stage.settle("the server has begun", journal::isAwaited);
            CompletableFuture<@Nullable Void> down = stage.server().shutdown(Duration.ofSeconds(30));
            applicant.awaitsRefusal(ErrorCode.GOING_AWAY).awaitsEnd();
            if (stage.can(Ability.GOING_AWAY)) {
                alice.await("told", () -> !alice.heard(Heard.GoingAway.class).isEmpty());
                carol.await("told", () -> !carol.heard(Heard.GoingAway.class).isEmpty());
            }
            assertThat(alice.isOver()).isFalse();
            journal.release();
            carol.awaitsSaid("alice", "last words");
            alice.send(Speaker::goodbye).awaitsEnd();
            assertThat(down).isNotDone();
            carol.send(Speaker::goodbye).awaitsEnd();
            stage.await(down);
            assertThat(stage.server().connections()).isZero();
        } finally {
            journal.release();
        }
    }

    /** Who stays is cut at the deadline. */
    @Test
    default void whoStaysIsCutAtTheDeadline() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            ChatRoom bob = stage.member("bob", new Ears());
            Talker carol = stage.talker("carol");
            stage.await(bob.say("all is well"));
            long began = stage.now();
            CompletableFuture<@Nullable Void> down = stage.server().shutdown(Duration.ofMillis(500));
            alice.awaitsEnd();
            carol.awaitsEnd();
            stage.await(down);
            assertThat(stage.now() - began)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(500).toNanos());
            assertThat(stage.server().connections()).isZero();
            stage.talker().awaitsEnd();
        }
    }

    /** Nothing is left behind by connections that ended in any way. */
    @Test
    default void nothingIsLeftBehind() {
        try (Stage stage = Stage.open(this)) {
            stage.member("bob", new Ears());
            stage.talker("warm").send(Speaker::goodbye).awaitsEnd();
            stage.settle("it has gone", () -> stage.server().connections() == 1);
            long descriptors = Bench.descriptors();
            for (int i = 0; i < 5; i++) {
                Talker goodbye = stage.member("goodbye").send(Speaker::goodbye);
                Talker lost = stage.member("lost").abort();
                Talker closed = stage.member("closed").close();
                Talker garbage = stage.talker().send(Speaker::garbage);
                Talker removed = stage.member("removed");
                stage.server().remove("removed", "go");
                goodbye.awaitsEnd();
                lost.awaitsEnd();
                closed.awaitsEnd();
                garbage.awaitsEnd();
                removed.awaitsEnd();
                stage.settle("they have gone", () -> stage.server().connections() == 1);
                stage.settle("no user is left", () -> stage.server().hub().userCount() == 1);
            }
            stage.settle("no descriptor is left", () -> Bench.descriptors() <= descriptors);
            stage.settle("no member is left", () -> stage.members(Stage.LOBBY) == 1);
        }
    }
}
