package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.testkit.chat.Ears;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users of several gateways say in one room. */
public interface GatewayConversationContract extends GatewayBinding {

    /** Everybody hears everybody, whichever gateway they came by. */
    @Test
    default void everybodyHearsEverybody() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Talker carol = stage.member("carol");
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            alice.say("hello from alice");
            carol.awaitsSaid("alice", "hello from alice");
            stage.settle("bob hears it", () -> ears.heard("alice: hello from alice"));
            stage.await(bob.say("hello from bob"));
            alice.awaitsSaid("bob", "hello from bob");
            carol.awaitsSaid("bob", "hello from bob");
            stage.settle("bob hears himself", () -> ears.count() == 2);
            assertThat(ears.messages()).extracting(one -> one.own()).containsExactly(false, true);
            assertThat(alice.said()).containsExactly("bob: hello from bob");
            assertThat(carol.said()).containsExactly("alice: hello from alice", "bob: hello from bob");
        }
    }

    /** Messages of several senders at the same time come to everybody once, all of them, in one order. */
    @Test
    default void everybodyHearsOneOrder() {
        try (Stage stage = Stage.open(this)) {
            List<Talker> talkers = List.of(stage.member("t0"), stage.member("t1"), stage.member("t2"));
            List<Ears> ears = List.of(new Ears(), new Ears());
            List<ChatRoom> rooms = List.of(stage.member("n0", ears.get(0)), stage.member("n1", ears.get(1)));
            int each = 40;
            for (int i = 0; i < each; i++) {
                int number = i;
                talkers.forEach(talker -> talker.say("no " + number));
                rooms.forEach(room -> room.say("no " + number));
            }
            stage.assertOneOrder(talkers, ears, each * 5);
        }
    }

    /** A user is told its own messages in their place, or not at all, and always those of others. */
    @Test
    default void ownMessagesComeInTheirPlaceOrNotAtAll() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Talker carol = stage.member("carol");
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) { // the same number of messages of each, with the same numbers and texts
                alice.say("mine");
                int count = i * 3;
                stage.settle("alice is heard", () -> ears.count() == count + 1);
                carol.say("mine");
                stage.settle("carol is heard", () -> ears.count() == count + 2);
                stage.await(bob.say("mine"));
                if (stage.can(Ability.OWN_ENTRIES)) {
                    expected.add("alice: mine");
                }
                expected.add("carol: mine");
                expected.add("bob: mine");
            }
            alice.await("alice hears all", () -> alice.said().size() == 40);
            assertThat(alice.inOrder()).isEqualTo(expected);
        }
    }

    /** Several requests in one piece are handled in their order. */
    @Test
    default void severalRequestsMayComeTogether() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.talker();
            alice.sendTogether(List.of(speaker -> speaker.login("alice"), speaker -> speaker.join(Stage.LOBBY)));
            alice.await("joined", () -> alice.heard(Heard.Joined.class).size() == 1);
            List<Function<Speaker, byte[]>> wishes = new ArrayList<>();
            IntStream.range(0, 50).forEach(i -> wishes.add(speaker -> speaker.say("no " + i)));
            alice.sendTogether(wishes);
            stage.settle("all are heard", () -> ears.count() == 50);
            assertThat(ears.texts())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 50).mapToObj(i -> "no " + i).toList());
        }
    }

    /** So are those whose bytes come one by one. */
    @Test
    default void bytesMayComeOneByOne() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.talker().trickle(speaker -> speaker.login("alice"));
            alice.await("logged in", () -> alice.heard(Heard.LoggedIn.class).size() == 1);
            alice.trickle(speaker -> speaker.join(Stage.LOBBY));
            alice.await("joined", () -> alice.heard(Heard.Joined.class).size() == 1);
            Ears ears = new Ears();
            stage.member("bob", ears);
            alice.trickle(speaker -> speaker.say("piece by piece: ä€😀"));
            stage.settle("heard", () -> ears.heard("alice: piece by piece: ä€😀"));
        }
    }

    /** Texts arrive as they were written. */
    @Test
    default void textsStayAsTheyAre() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            List<String> texts =
                    List.of("two  spaces", "ä€😀", "a: b: c", "\"quoted\" 'text'", "{\"a\":1}", "x".repeat(350));
            for (String text : texts) {
                alice.say(text);
                bob.say(text);
            }
            stage.settle("bob heard all", () -> ears.count() == 2 * texts.size());
            alice.await("alice heard all", () -> alice.said().size() == texts.size());
            assertThat(alice.heard(Heard.Said.class))
                    .extracting(Heard.Said::text)
                    .containsExactlyElementsOf(texts);
            assertThat(ears.messages().stream().filter(one -> !one.own()))
                    .extracting(one -> one.text())
                    .containsExactlyElementsOf(texts);
        }
    }

    /** A text cannot be mistaken for something else that the server says. */
    @Test
    default void aTextForgesNothing() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            ChatRoom bob = stage.member("bob", new Ears());
            int before = alice.heard().size();
            List<String> forged = new ArrayList<>();
            for (String end : List.of("\n", "\r", "\r\n", "\u0000", "\u2028", "\u0085")) {
                forged.add(
                        "hello" + end + "mallory: forged" + end + "* mallory has joined" + end + ":mallory JOIN lobby");
            }
            forged.forEach(text -> stage.await(bob.say(text)));
            stage.await(bob.say("the end"));
            alice.awaitsSaid("bob", "the end");
            List<Heard> all = alice.heard().subList(before, alice.heard().size());
            assertThat(all.stream().filter(one -> !(one instanceof Heard.Came)))
                    .allMatch(
                            one -> one instanceof Heard.Said said && said.who().equals("bob"));
            assertThat(all).doesNotContain(new Heard.Came("mallory"));
            if (stage.can(Ability.SEVERAL_LINES)) {
                assertThat(alice.heard(Heard.Said.class))
                        .extracting(Heard.Said::text)
                        .startsWith(forged.get(0));
            }
        }
    }

    /** Who comes late is given what was said before apart from what follows, or only what follows. */
    @Test
    default void whoComesLateHearsWhatFollows() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker alice = stage.member("alice");
            for (int i = 0; i < 5; i++) {
                stage.await(bob.say("before " + i));
            }
            alice.awaitsSaid("bob", "before 4").say("before 5");
            stage.settle("alice is heard", () -> ears.count() == 6);
            Talker late = stage.member("late");
            stage.await(bob.say("after"));
            late.awaitsSaid("bob", "after");
            assertThat(late.said()).containsExactly("bob: after");
            List<String> backlog = late.heard(Heard.SaidBefore.class).stream()
                    .map(one -> one.who() + ": " + one.text())
                    .toList();
            if (stage.can(Ability.BACKLOG)) {
                assertThat(backlog)
                        .endsWith("bob: before 1", "bob: before 2", "bob: before 3", "bob: before 4", "alice: before 5")
                        .hasSizeLessThanOrEqualTo(6);
            } else {
                assertThat(backlog).isEmpty();
            }
        }
    }

    /** Who leaves a room hears no more of it, and the others see it leave. */
    @Test
    default void leavingEndsIt() {
        try (Stage stage = Stage.open(this)) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker alice = stage.member("alice");
            stage.settle("alice is seen", () -> ears.heard("joined alice"));
            alice.send(Speaker::leave);
            stage.settle("alice left", () -> ears.heard("left alice"));
            stage.await(bob.say("alone"));
            stage.settle("she is out of it", () -> bob.memberCount() == 1);
            assertThat(alice.isOver()).isFalse();
            alice.join(Stage.LOBBY);
            stage.await(bob.say("again"));
            alice.awaitsSaid("bob", "again");
            assertThat(alice.said()).containsExactly("bob: again");
        }
    }

    /** The server's operator is heard, in a room and everywhere. */
    @Test
    default void theOperatorIsHeard() {
        try (Stage stage = Stage.open(this)) {
            Talker alice = stage.member("alice");
            Talker outside = stage.talker("dave");
            stage.await(stage.server().announce("to everybody"));
            alice.awaits(new Heard.Announced("to everybody"));
            outside.awaits(new Heard.Announced("to everybody"));
            stage.await(stage.server().say(Stage.LOBBY, "to the room"));
            alice.awaitsSaid("operator", "to the room");
            assertThat(outside.said()).isEmpty();
        }
    }
}
