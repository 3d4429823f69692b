package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.server.ChatServer;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.transport.Bench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes in by a gateway, and who does not. */
public interface GatewayAdmissionContract extends GatewayBinding {

    private static ChatServer.Builder connections(
            ChatServer.Builder builder, int all, int perAddress, Minutes minutes) {
        return builder.listener(minutes)
                .options(Chat.UNHURRIED.toBuilder()
                        .maxConnections(all)
                        .maxConnectionsPerAddress(perAddress)
                        .build());
    }

    /** A user of the gateway is a user like any other. */
    @Test
    default void logsIn() {
        try (Stage stage = Stage.open(this)) {
            stage.client("bob");
            Talker alice = stage.talker("alice");
            assertThat(stage.server().hub().users())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder("alice", "bob");
            assertThat(stage.server().connections()).isEqualTo(2);
            assertThat(stage.server()
                            .addressesOf(stage.server().hub().users().iterator().next()))
                    .hasSize(1);
            assertThat(alice.heard(Heard.Refused.class)).isEmpty();
        }
    }

    /** A name is taken whichever gateway its user came by. */
    @Test
    default void namesAreTakenAcrossGateways() {
        try (Stage stage = Stage.open(this)) {
            stage.client("alice");
            for (String taken : List.of("alice", "ALICE", "operator")) {
                stage.talker().send(speaker -> speaker.login(taken)).awaitsRefusal(ErrorCode.NAME_TAKEN);
            }
            stage.talker("bob");
            assertThat(stage.refusal("BOB")).isEqualTo(ErrorCode.NAME_TAKEN);
            stage.talker().send(speaker -> speaker.login("bob")).awaitsRefusal(ErrorCode.NAME_TAKEN);
            assertThat(stage.server().hub().users()).hasSize(2);
            stage.assertHealthy();
        }
    }

    /** A name that is not allowed is refused, and that is told. */
    @Test
    default void badNamesAreTold() {
        try (Stage stage = Stage.open(this)) {
            for (String bad : List.of("...", "a\u202eb", "a\u200bb", "a".repeat(33))) {
                stage.talker().send(speaker -> speaker.login(bad)).awaitsRefusal(ErrorCode.BAD_NAME);
            }
            assertThat(stage.server().hub().users()).isEmpty();
            stage.talker("a".repeat(32));
        }
    }

    /** Who does not log in is told so and disconnected at the login timeout, whatever it has sent until then. */
    @Test
    default void loginsTakeOnlySoLong() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            stage.server()
                    .reconfigure(
                            Chat.UNHURRIED.toBuilder()
                                    .loginTimeout(Duration.ofSeconds(1))
                                    .build(),
                            "");
            Talker silent = stage.talker();
            Talker slow = stage.talker().send(speaker -> Arrays.copyOf(speaker.login("slow"), 3));
            silent.awaitsRefusal(ErrorCode.LOGIN_TIMEOUT).awaitsEnd();
            slow.awaitsRefusal(ErrorCode.LOGIN_TIMEOUT).awaitsEnd();
            stage.settle("their places are free", () -> stage.server().connections() == 1);
            assertThat(stage.server().stats().refused()).isEqualTo(2);
            assertThat(alice.isOver()).isFalse();
            stage.server().reconfigure(Chat.UNHURRIED, "");
            stage.assertHealthy();
        }
    }

    /** The number of connections is limited over all gateways together. */
    @Test
    default void connectionsAreCountedTogether() {
        Minutes minutes = new Minutes();
        try (Stage stage = Stage.open(this, builder -> connections(builder, 2, 1_000, minutes))) {
            stage.client("bob");
            assertOneMoreComesIn(stage, minutes);
            stage.refusal("dave");
            stage.settle("refused", () -> minutes.heard("refused OVERLOADED"));
        }
    }

    /** So is the number of connections from one address. */
    @Test
    default void connectionsOfAnAddressAreCountedTogether() {
        Minutes minutes = new Minutes();
        try (Stage stage = Stage.open(this, builder -> connections(builder, 1_000, 2, minutes))) {
            stage.client("bob");
            assertOneMoreComesIn(stage, minutes);
        }
    }

    private static void assertOneMoreComesIn(Stage stage, Minutes minutes) {
        Talker alice = stage.talker("alice");
        Talker third = stage.talker().awaitsEnd();
        stage.settle("refused", () -> minutes.heard("refused OVERLOADED"));
        assertThat(third.heard(Heard.LoggedIn.class)).isEmpty();
        alice.abort();
        stage.settle("alice has gone", () -> stage.server().connections() == 1);
        stage.talker("carol");
        minutes.take();
    }

    /** Another protocol ends the connection and harms nobody. */
    @Test
    default void garbageEndsTheConnection() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            for (int i = 1; i <= 20; i++) {
                stage.talker().send(Speaker::garbage).awaitsEnd();
                assertThat(stage.server().stats().refused()).isEqualTo(i);
            }
            stage.settle("they are gone", () -> stage.server().connections() == 1);
            assertThat(stage.server().hub().users()).hasSize(1);
            assertThat(alice.isOver()).isFalse();
            stage.assertHealthy();
        }
    }

    /** So do random bytes; what they do not end at once is over at the login timeout. */
    @Test
    default void noiseHarmsNobody() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            stage.server()
                    .reconfigure(
                            Chat.UNHURRIED.toBuilder()
                                    .loginTimeout(Duration.ofMillis(600))
                                    .build(),
                            "");
            List<Talker> noisy = new ArrayList<>();
            for (int seed = 0; seed < 30; seed++) {
                noisy.add(stage.talker().sendBytes(Bench.bytes(1 + 50 * seed, seed)));
            }
            noisy.forEach(Talker::awaitsEnd);
            stage.settle("they are gone", () -> stage.server().connections() == 1);
            assertThat(alice.isOver()).isFalse();
            stage.server().reconfigure(Chat.UNHURRIED, "");
            stage.assertHealthy();
        }
    }

    /** Nothing can be asked before the login. */
    @Test
    default void nothingIsDoneBeforeTheLogin() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker early = stage.talker().send(speaker -> speaker.join("attic"));
            early.await("refused or ended", () -> early.isRefused() || early.isOver());
            assertThat(early.heard(Heard.Joined.class)).isEmpty();
            assertThat(stage.server().hub().findRoom("attic")).isNull();
            assertThat(ears.lines()).noneMatch(line -> line.startsWith("joined"));
            stage.assertHealthy();
        }
    }

    /** A connection that is lost in the middle of its login leaves nothing. */
    @Test
    default void aLoginCanBreakOff() {
        try (Stage stage = Stage.open(this)) {
            int length = stage.loginBytes("alice").length;
            for (int sent = 1; sent < length; sent++) {
                byte[] part = Arrays.copyOf(stage.loginBytes("alice"), sent);
                long before = stage.server().stats().bytesIn();
                Talker lost = stage.talker().sendBytes(part);
                stage.settle("it came", () -> stage.server().stats().bytesIn() == before + part.length);
                lost.abort().awaitsEnd();
            }
            stage.settle("they are gone", () -> stage.server().connections() == 0);
            stage.talker("alice");
        }
    }
}
