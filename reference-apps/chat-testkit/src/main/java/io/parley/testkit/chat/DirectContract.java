package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.model.ErrorCode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Direct conversations between two users. */
public interface DirectContract extends Opener {

    /** A direct message reaches its target alone and can be answered. */
    @Test
    default void reachesItsTargetAloneAndIsAnswered() {
        try (Chat chat = Chat.open(open())) {
            Ears atAlice = new Ears();
            Door bob = new Door();
            Door carol = new Door();
            ChatClient alice = chat.guest("alice");
            chat.guest("bob", bob);
            ChatClient third = chat.guest("carol", carol);
            chat.enter(alice, "lobby", new Ears());
            Ears inLobby = new Ears();
            chat.enter(third, "lobby", inLobby);

            ChatRoom toBob = chat.fixture().await(alice.directAsync("BOB", 0, atAlice));
            assertThat(toBob.isDirect()).isTrue();
            assertThat(toBob.name()).isEqualTo("bob");
            assertThat(bob.opened).isEmpty();
            chat.fixture().await(toBob.say("psst"));
            ChatRoom toAlice = chat.fixture().await(bob.first);
            assertThat(toAlice.name()).isEqualTo("alice");
            chat.fixture().await(toAlice.say("yes?"));
            chat.fixture().settle("both heard both", () -> atAlice.count() == 2 && bob.ears.count() == 2);
            assertThat(bob.ears.texts()).containsExactly("psst", "yes?");
            assertThat(atAlice.messages()).extracting(Message::own).containsExactly(true, false);
            assertThat(bob.opened).hasSize(1);

            chat.fixture().await(chat.server().say("lobby", "a marker"));
            chat.fixture().settle("carol heard the marker", () -> inLobby.heard("operator: a marker"));
            assertThat(carol.opened).isEmpty();
            assertThat(inLobby.texts()).containsExactly("a marker");
        }
    }

    /** Both users may open the conversation at the same time. */
    @Test
    default void bothMayBeginAtOnce() {
        try (Chat chat = Chat.open(open())) {
            Ears atAlice = new Ears();
            Ears atBob = new Ears();
            Door aliceDoor = new Door();
            Door bobDoor = new Door();
            ChatClient alice = chat.guest("alice", aliceDoor);
            ChatClient bob = chat.guest("bob", bobDoor);
            CompletableFuture<ChatRoom> one = alice.directAsync("bob", 10, atAlice);
            CompletableFuture<ChatRoom> two = bob.directAsync("alice", 10, atBob);
            chat.fixture().await(chat.fixture().await(one).say("me first"));
            chat.fixture().await(chat.fixture().await(two).say("no, me"));
            chat.fixture().settle("both heard both", () -> atAlice.count() == 2 && atBob.count() == 2);
            assertThat(atAlice.texts()).containsExactly("me first", "no, me").isEqualTo(atBob.texts());
        }
    }

    /** The conversation ends when a guest leaves. */
    @Test
    default void goesAwayWhenAGuestLeaves() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            Door door = new Door();
            ChatClient alice = chat.guest("alice");
            ChatClient bob = chat.guest("bob", door);
            ChatRoom toBob = chat.fixture().await(alice.directAsync("bob", 0, ears));
            chat.fixture().await(toBob.say("psst"));
            chat.fixture().await(door.first);
            bob.close();
            chat.fixture().settle("it is over", () -> ears.heard("closed " + ErrorCode.ROOM_GONE));
            assertThat(chat.fixture().refusal(toBob.say("hello?"))).isEqualTo(ErrorCode.NOT_A_MEMBER);
            assertThat(chat.fixture().refusal(alice.directAsync("bob", 0, ears)))
                    .isEqualTo(ErrorCode.NO_SUCH_USER);
            Door namesake = new Door();
            chat.guest("bob", namesake);
            Ears anew = new Ears();
            ChatRoom toOther = chat.fixture().await(alice.directAsync("bob", 100, anew));
            chat.fixture().await(toOther.say("who are you?"));
            chat.fixture().settle("both heard it", () -> namesake.ears.count() == 1 && anew.count() == 1);
            assertThat(anew.texts()).containsExactly("who are you?");
        }
    }

    /** A direct conversation that cannot exist is refused. */
    @Test
    default void refusesWhatCannotBe() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            assertThat(chat.fixture().refusal(alice.directAsync("nobody", 0, new Ears())))
                    .isEqualTo(ErrorCode.NO_SUCH_USER);
            assertThat(chat.fixture().refusal(alice.directAsync("operator", 0, new Ears())))
                    .isEqualTo(ErrorCode.NO_SUCH_USER);
            assertThat(chat.fixture().refusal(alice.directAsync("alice", 0, new Ears())))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(chat.fixture().refusal(alice.directAsync("no name", 0, new Ears())))
                    .isEqualTo(ErrorCode.BAD_NAME);
            chat.guest("bob");
            ChatRoom toBob = chat.fixture().await(alice.directAsync("bob", 0, new Ears()));
            assertThat(chat.fixture().refusal(toBob.setTopic("no topic here"))).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    /** A member who left a conversation gets it back with the next message. */
    @Test
    default void canBeLeftAndComesBackWithTheNextWord() {
        try (Chat chat = Chat.open(open())) {
            Door door = new Door();
            ChatClient alice = chat.guest("alice");
            chat.guest("bob", door);
            ChatRoom toBob = chat.fixture().await(alice.directAsync("bob", 0, new Ears()));
            chat.fixture().await(toBob.say("one"));
            chat.fixture().await(chat.fixture().await(door.first).leave());
            chat.fixture().await(toBob.say("two"));
            chat.fixture().settle("bob heard both", () -> door.ears.count() == 2);
            assertThat(door.ears.texts()).containsExactly("one", "two");
            assertThat(door.opened).hasSize(2);
        }
    }
}
