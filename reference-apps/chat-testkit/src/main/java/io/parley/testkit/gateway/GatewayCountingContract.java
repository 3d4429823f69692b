package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.server.ServerStats;
import io.parley.testkit.chat.Ears;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An embedding program sees users of all gateways alike. */
public interface GatewayCountingContract extends GatewayBinding {

    /** A visit by the gateway and one by the native protocol are told to a listener in the same words. */
    @Test
    default void aVisitIsToldLikeAnyOther() {
        Minutes minutes = new Minutes();
        try (Stage stage = Stage.open(this, builder -> builder.room(Stage.LOBBY).listener(minutes))) {
            ChatClient client = stage.client("alice");
            ChatRoom room = stage.await(client.enterAsync(Stage.LOBBY, 0, new Ears()));
            stage.await(room.say("hello"));
            stage.await(room.leave());
            client.close();
            stage.settle("the visit is over", () -> minutes.heard("disconnect alice"));
            List<String> expected = minutes.take();
            Talker talker = stage.member("alice").say("hello");
            stage.settle("it is kept", () -> minutes.heard("entry lobby alice: hello"));
            talker.send(Speaker::leave);
            stage.settle("it left", () -> minutes.heard("leave lobby alice"));
            talker.send(Speaker::goodbye).awaitsEnd();
            stage.settle("the visit is over", () -> minutes.heard("disconnect alice"));
            assertThat(minutes.take()).isEqualTo(expected);
            assertThat(expected)
                    .containsExactly(
                            "connect",
                            "enter alice",
                            "join lobby alice",
                            "entry lobby alice: hello",
                            "leave lobby alice",
                            "exit alice",
                            "disconnect alice");
        }
    }

    /** So are a lost connection and one that is refused. */
    @Test
    default void aFailedVisitIsToldLikeAnyOther() {
        Minutes minutes = new Minutes();
        try (Stage stage = Stage.open(this, builder -> builder.room(Stage.LOBBY).listener(minutes))) {
            stage.member("alice").abort();
            stage.settle("it is told", () -> minutes.heard("disconnect alice: connection lost"));
            assertThat(minutes.take())
                    .containsExactly(
                            "connect",
                            "enter alice",
                            "join lobby alice",
                            "leave lobby alice",
                            "exit alice",
                            "disconnect alice: connection lost");
            stage.talker().send(Speaker::garbage).awaitsEnd();
            stage.settle("it is told", () -> minutes.heard("disconnect null"));
            assertThat(minutes.take()).hasSize(3).startsWith("connect").anyMatch(line -> line.startsWith("refused "));
            stage.member("bob");
            stage.server().remove("bob", "go");
            stage.settle("it is told", () -> minutes.heard("disconnect bob: go"));
            assertThat(minutes.take()).contains("refused REMOVED", "disconnect bob: go");
        }
    }

    /** Users, connections, members and messages are counted whichever gateway they belong to. */
    @Test
    default void everythingIsCounted() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            stage.talker();
            stage.settle("it is there", () -> stage.server().connections() == 3);
            ServerStats before = stage.server().stats();
            assertThat(before.connections()).isEqualTo(3);
            assertThat(before.users()).isEqualTo(2);
            assertThat(before.rooms()).isEqualTo(1);
            assertThat(bob.memberCount()).isEqualTo(2);
            alice.say("one").say("two");
            stage.settle("heard", () -> ears.count() == 2);
            stage.await(bob.say("three"));
            alice.awaitsSaid("bob", "three");
            stage.settle("counted", () -> stage.server().stats().messages() == before.messages() + 3);
            ServerStats after = stage.server().stats();
            assertThat(after.bytesIn()).isGreaterThan(before.bytesIn());
            assertThat(after.bytesOut()).isGreaterThan(before.bytesOut());
            alice.abort();
            stage.settle("alice is gone", () -> stage.server().stats().users() == 1);
            stage.settle("alice is gone", () -> stage.server().stats().connections() == 2);
            stage.settle("alice is gone", () -> bob.memberCount() == 1);
        }
    }
}
