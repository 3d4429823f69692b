package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Receipt;
import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages in rooms: sending, receiving and limits. */
public interface ConversationContract extends Opener {

    /** A ping measures the round trip. */
    @Test
    default void pingMeasures() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            assertThat(chat.fixture().await(alice.ping())).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(chat.fixture().await(alice.ping())).isLessThan(ChatFixture.LIMIT);
            assertThat(alice.tls() != null).isEqualTo(chat.fixture().transport().isEncrypted());
        }
    }

    /** Two members hear each other. */
    @Test
    default void twoConverse() {
        try (Chat chat = Chat.open(open())) {
            Ears atAlice = new Ears();
            Ears atBob = new Ears();
            ChatRoom alice = chat.enter(chat.guest("alice"), "lobby", atAlice);
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", atBob);
            chat.fixture().await(alice.say("how are you?"));
            chat.fixture().await(bob.say("fine \ud83d\ude42 \u202e\u0000 fine"));
            chat.fixture().settle("both heard both", () -> atAlice.count() == 2 && atBob.count() == 2);
            assertThat(atAlice.texts()).containsExactly("how are you?", "fine \ud83d\ude42 \u202e\u0000 fine");
            assertThat(atAlice.messages()).extracting(Message::own).containsExactly(true, false);
            assertThat(atBob.messages()).extracting(Message::own).containsExactly(false, true);
            assertThat(atBob.messages()).extracting(Message::sender).containsExactly("alice", "bob");
            assertThat(atAlice.seqs()).isEqualTo(atBob.seqs());
            assertThat(atAlice.messages().get(0).timeMillis()).isPositive();
        }
    }

    /** A sender hears its own message with the number of its receipt. */
    @Test
    default void ownMessageComesBackWithTheNumberOfItsReceipt() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", ears);
            Receipt first = chat.fixture().await(room.say("one"));
            Receipt second = chat.fixture().await(room.say("two"));
            chat.fixture().settle("both came back", () -> ears.count() == 2);
            assertThat(ears.messages()).allMatch(Message::own);
            assertThat(ears.seqs()).containsExactly(first.seq(), second.seq());
            assertThat(second.seq()).isEqualTo(first.seq() + 1);
        }
    }

    /** Two users with the same name on different connections are told apart. */
    @Test
    default void namesakesAreToldApart() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            chat.enter(chat.guest("bob"), "lobby", new Ears());
            ChatClient first = chat.guest("alice");
            chat.fixture().await(chat.enter(first, "lobby", new Ears()).say("I was here before"));
            first.close();
            chat.fixture().settle("alice has gone", () -> chat.server().connections() == 1);
            ChatClient second = chat.guest("alice");
            chat.fixture().await(second.enterAsync("lobby", 10, ears));
            chat.fixture().settle("the backlog came", () -> ears.heard("alice: I was here before"));
            assertThat(ears.messages().get(0).own()).isFalse();
        }
    }

    /** Tags arrive with their message. */
    @Test
    default void tagsTravel() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", ears);
            Tags tags = Tags.of("color", Bytes.fromHex("00ff")).with("", Bytes.EMPTY);
            chat.fixture().await(room.say("tagged", tags));
            chat.fixture().settle("it came", () -> ears.count() == 1);
            assertThat(ears.messages().get(0).tags()).isEqualTo(tags);
            assertThat(chat.fixture().refusal(room.say("mine", Tags.of("@server", Bytes.EMPTY))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(chat.fixture().refusal(room.say("big", Tags.of("x", Bytes.of(new byte[1025])))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            chat.fixture().await(room.say("still here"));
        }
    }

    /** A text that is too large is refused, and the connection stays open. */
    @Test
    default void tooLargeIsRefusedAndTheConnectionLives() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", ears);
            int most = chat.server().hub().options().maxBodyBytes();
            chat.fixture().await(room.say("x".repeat(most)));
            chat.fixture().await(room.say("\u20ac".repeat(most / 3)));
            for (String tooLarge : List.of("x".repeat(most + 1), "\u20ac".repeat(most / 3 + 1), "x".repeat(1 << 20))) {
                assertThat(chat.fixture().refusal(room.say(tooLarge))).isEqualTo(ErrorCode.TOO_LARGE);
            }
            assertThat(chat.fixture().refusal(room.setTopic("x".repeat(513)))).isEqualTo(ErrorCode.TOO_LARGE);
            chat.fixture().await(room.say("still here"));
            chat.fixture().settle("all came", () -> ears.count() == 3);
            assertThat(ears.texts().get(2)).isEqualTo("still here");
        }
    }

    /** Requests over the limit wait in a queue. */
    @Test
    default void whatExceedsTheLimitWaitsInLine() {
        int count = 5_000;
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", ears);
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                receipts.add(room.say("no " + i));
            }
            chat.fixture().settle("all came back", () -> ears.count() == count);
            assertThat(ears.texts())
                    .isEqualTo(
                            IntStream.range(0, count).mapToObj(i -> "no " + i).toList());
            assertThat(receipts.stream()
                            .map(receipt -> chat.fixture().await(receipt).seq())
                            .toList())
                    .isEqualTo(ears.seqs());
            assertThat(ears.seqs()).isSorted().doesNotHaveDuplicates();
        }
    }

    /** A member can leave a room. */
    @Test
    default void leaves() {
        try (Chat chat = Chat.open(open())) {
            Ears atAlice = new Ears();
            Ears atBob = new Ears();
            ChatClient client = chat.guest("alice");
            ChatRoom alice = chat.enter(client, "lobby", atAlice);
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", atBob);
            CompletableFuture<Receipt> last = alice.say("good bye");
            chat.fixture().await(alice.leave());
            assertThat(last).isCompleted();
            chat.fixture().settle("bob sees alice leave", () -> atBob.heard("left alice"));
            chat.fixture().await(bob.say("alone at last"));
            assertThat(chat.fixture().refusal(alice.say("hello?"))).isEqualTo(ErrorCode.NOT_A_MEMBER);
            assertThat(chat.fixture().refusal(alice.leave())).isEqualTo(ErrorCode.NOT_A_MEMBER);
            assertThat(atAlice.lines()).endsWith("alice: good bye", "closed " + ErrorCode.ROOM_GONE);
            assertThat(chat.fixture()
                            .await(client.enterAsync("lobby", 0, new Ears()))
                            .memberCount())
                    .isEqualTo(2);
        }
    }

    /** Entering a room twice gives the same membership. */
    @Test
    default void enteringTwiceIsBeingThereOnce() {
        try (Chat chat = Chat.open(open())) {
            Ears first = new Ears();
            Ears second = new Ears();
            Ears atBob = new Ears();
            chat.enter(chat.guest("bob"), "lobby", atBob);
            ChatClient alice = chat.guest("alice");
            chat.enter(alice, "lobby", first);
            ChatRoom room = chat.enter(alice, "lobby", second);
            chat.fixture().await(room.say("once"));
            chat.fixture().settle("heard", () -> second.count() == 1 && atBob.count() == 1);
            assertThat(room.memberCount()).isEqualTo(2);
            chat.fixture().await(room.leave());
            chat.fixture().settle("bob sees alice leave", () -> atBob.heard("left alice"));
            assertThat(first.texts()).isEmpty();
            assertThat(second.texts()).containsExactly("once");
            assertThat(atBob.lines().stream().filter(line -> line.contains("alice")))
                    .containsExactly("joined alice", "alice: once", "left alice");
        }
    }

    /** Clients of two listeners share the rooms. */
    @Test
    default void listenersShareRooms() {
        ChatFixture fixture = open();
        try (Chat chat = Chat.open(fixture, builder -> builder.listen(fixture.transport(), fixture.otherAddress()))) {
            Ears atAlice = new Ears();
            Ears atBob = new Ears();
            assertThat(chat.server().addresses()).hasSize(2).doesNotHaveDuplicates();
            ChatRoom alice = chat.enter(chat.guest("alice"), "lobby", atAlice);
            ChatClient other = chat.client("bob")
                    .connect(fixture.transport(), chat.server().addresses().get(1));
            fixture.await(chat.enter(other, "lobby", atBob).say("from the other side"));
            fixture.await(alice.say("I hear you"));
            fixture.settle("both heard both", () -> atAlice.count() == 2 && atBob.count() == 2);
            assertThat(atBob.texts()).isEqualTo(atAlice.texts());
            other.close();
        }
    }

    /** A message is heard in its own room only. */
    @Test
    default void roomsAreApart() {
        try (Chat chat = Chat.open(open())) {
            Ears inLobby = new Ears();
            Ears inAttic = new Ears();
            ChatClient alice = chat.guest("alice");
            ChatRoom lobby = chat.enter(alice, "lobby", inLobby);
            ChatRoom attic = chat.enter(alice, "Attic", inAttic);
            chat.fixture().await(lobby.say("down here"));
            chat.fixture().await(attic.say("up here"));
            assertThat(chat.enter(chat.guest("bob"), "ATTIC", new Ears()).name())
                    .isEqualTo("Attic");
            chat.fixture().settle("heard", () -> inLobby.count() == 1 && inAttic.count() == 1);
            assertThat(inLobby.texts()).containsExactly("down here");
            assertThat(inAttic.texts()).containsExactly("up here");
        }
    }
}
