package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomItem;
import io.parley.model.RoomPlan;
import io.parley.model.RoomSettings;
import io.parley.room.Room;
import io.parley.server.ChatServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a program can do with the server that it embeds. */
public interface OperatorContract extends Opener {

    /** An announcement reaches every user. */
    @Test
    default void announceReachesEveryone() {
        try (Chat chat = Chat.open(open(), builder -> builder.operatorName("captain"))) {
            Desk inRoom = new Desk();
            Desk outside = new Desk();
            Ears ears = new Ears();
            chat.enter(chat.guest("alice", inRoom), "lobby", ears);
            chat.guest("bob", outside);
            chat.fixture().await(chat.server().announce("all hands"));
            chat.fixture().await(chat.server().announce("on deck"));
            chat.fixture().settle("told", () -> inRoom.notices.size() == 2 && outside.notices.size() == 2);
            assertThat(inRoom.notices).containsExactly("captain: all hands", "captain: on deck");
            assertThat(outside.notices).isEqualTo(inRoom.notices);
            assertThat(ears.texts()).isEmpty();
            Desk late = new Desk();
            chat.guest("carol", late);
            chat.fixture().await(chat.server().announce("again"));
            chat.fixture().settle("told", () -> !late.notices.isEmpty());
            assertThat(late.notices).containsExactly("captain: again");
        }
    }

    /** The server can speak in a room. */
    @Test
    default void saysIntoARoom() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            long first = chat.fixture().await(chat.server().say("news", "before anybody came"));
            ChatRoom room = chat.fixture().await(chat.guest("alice").enterAsync("news", 10, ears));
            long second = chat.fixture().await(chat.server().say("NEWS", "welcome"));
            chat.fixture().settle("heard", () -> ears.count() == 2);
            assertThat(ears.lines()).contains("operator: before anybody came", "operator: welcome");
            assertThat(ears.seqs()).containsExactly(first, second);
            assertThat(ears.messages()).noneMatch(message -> message.own());
            assertThat(chat.server().say("no room", "x")).failsWithin(ChatFixture.LIMIT);
            chat.fixture().await(room.leave());
            chat.fixture().await(chat.server().say("news", "to nobody"));
            chat.fixture().settle("closed", () -> chat.server().hub().findRoom("news") == null);
        }
    }

    /** The server makes rooms, and lists show closed and hidden ones only to those who belong there. */
    @Test
    default void makesRooms() {
        try (Chat chat = Chat.open(open())) {
            RoomSettings hidden = RoomSettings.DEFAULT.withHidden(true);
            RoomPlan plan = RoomPlan.DEFAULT.withTopic("plans").withSettings(hidden);
            chat.fixture().await(chat.server().createRoom("secret", plan));
            RoomPlan staff = plan.withSettings(RoomSettings.DEFAULT.withInviteOnly(true));
            chat.fixture().await(chat.server().createRoom("staff", staff));
            chat.fixture().await(chat.server().createRoom("tea", RoomPlan.DEFAULT));
            ChatClient alice = chat.guest("alice");
            assertThat(chat.fixture().await(alice.rooms("", 10)))
                    .extracting(RoomItem::name)
                    .containsExactly("tea");
            assertThat(chat.fixture().refusal(alice.enterAsync("staff", 0, new Ears())))
                    .isEqualTo(ErrorCode.INVITE_ONLY);
            ChatRoom secret = chat.enter(alice, "secret", new Ears());
            assertThat(secret.settings()).isEqualTo(hidden);
            assertThat(secret.role()).isEqualTo(Role.MEMBER);
            chat.fixture().await(chat.server().moderate("staff", Action.INVITE, "alice", Duration.ZERO, ""));
            assertThat(chat.fixture().await(alice.rooms("", 10)))
                    .extracting(RoomItem::name)
                    .containsExactly("secret", "staff", "tea");
            assertThatThrownBy(() -> chat.fixture().await(chat.server().createRoom("TEA", plan)))
                    .isInstanceOfSatisfying(
                            RoomException.class,
                            no -> assertThat(no.reason()).isEqualTo(RoomException.Reason.ROOM_EXISTS));
        }
    }

    /** The server closes and deletes rooms. */
    @Test
    default void closesAndDeletesRooms() {
        try (Chat chat = Chat.open(open())) {
            chat.fixture().await(chat.server().createRoom("lobby", RoomPlan.DEFAULT.withTopic("tea")));
            ChatClient alice = chat.guest("alice");
            Ears ears = new Ears();
            chat.fixture().await(chat.enter(alice, "lobby", ears).say("one"));
            long epoch = chat.epoch("lobby");
            chat.fixture().await(chat.server().closeRoom("lobby", "for today"));
            chat.fixture().settle("out", () -> ears.heard("closed " + ErrorCode.ROOM_GONE));
            Ears again = new Ears();
            ChatRoom same = chat.fixture().await(alice.enterAsync("lobby", 10, again));
            assertThat(chat.epoch("lobby")).isEqualTo(epoch);
            assertThat(same.topic()).isEqualTo("tea");
            chat.fixture().settle("history", () -> again.texts().equals(List.of("one")));
            chat.fixture().await(chat.server().deleteRoom("lobby", "for good"));
            chat.fixture().settle("out", () -> again.heard("closed " + ErrorCode.ROOM_GONE));
            ChatRoom other = chat.enter(alice, "lobby", new Ears());
            assertThat(chat.epoch("lobby")).isNotEqualTo(epoch);
            assertThat(other.topic()).isEmpty();
            assertThatThrownBy(() -> chat.fixture().await(chat.server().closeRoom("attic", "")))
                    .isInstanceOf(RoomException.class);
        }
    }

    /** The server speaks to one user, who can answer. */
    @Test
    default void tellsOneUser() {
        Log log = new Log();
        try (Chat chat = Chat.open(open(), builder -> builder.listener(log))) {
            Door alice = new Door();
            Door bob = new Door();
            ChatClient client = chat.guest("alice", alice);
            chat.guest("bob", bob);
            assertThat(chat.fixture().refusal(client.directAsync("operator", 0, new Ears())))
                    .isEqualTo(ErrorCode.NO_SUCH_USER);
            chat.fixture().await(chat.server().tell("ALICE", "a word"));
            ChatRoom room = chat.fixture().await(alice.first);
            assertThat(room.name()).isEqualTo("operator");
            assertThat(room.isDirect()).isTrue();
            chat.fixture().settle("heard", () -> alice.ears.heard("operator: a word"));
            chat.fixture().await(room.say("yes?"));
            chat.fixture().settle("told", () -> log.lines.stream().anyMatch(line -> line.endsWith(" 2")));
            chat.fixture()
                    .await(chat.fixture()
                            .await(client.directAsync("operator", 0, new Ears()))
                            .say("still here"));
            assertThat(bob.opened).isEmpty();
            assertThatThrownBy(() -> chat.fixture().await(chat.server().tell("nobody", "x")))
                    .isInstanceOf(RoomException.class);
        }
    }

    /** What cannot be is refused where it is given, with the name of the parameter. */
    @Test
    default void refusesWhatCannotBeAtOnce() {
        try (Chat chat = Chat.open(open())) {
            ChatServer server = chat.server();
            Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
            assertThatThrownBy(() -> server.moderate("lobby", Action.BAN, "bob", endless, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("duration");
            assertThatThrownBy(() -> server.shutdown(endless))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("drain");
        }
    }

    /** The server owns the rooms that it opened first. */
    @Test
    default void ownsTheRoomsItOpensFirst() {
        try (Chat chat = Chat.open(open(), builder -> builder.room("Lobby").room("attic"))) {
            assertThat(chat.server().hub().rooms()).extracting(Room::name).containsExactly("Lobby", "attic");
            ChatClient alice = chat.guest("alice");
            ChatRoom lobby = chat.enter(alice, "lobby", new Ears());
            chat.fixture().await(lobby.say("mine?"));
            assertThat(lobby.role()).isEqualTo(Role.MEMBER);
            chat.fixture().await(lobby.leave());
            assertThat(chat.server().hub().findRoom("lobby")).isNotNull();
        }
        assertThatThrownBy(() -> Chat.open(open(), builder -> builder.room("no room")))
                .hasMessageContaining("no room");
    }

    /** The server can moderate rooms. */
    @Test
    default void moderatesRooms() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", ears);
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", new Ears());
            chat.fixture().await(chat.server().setTopic("Lobby", "tea"));
            chat.fixture().await(chat.server().moderate("lobby", Action.MUTE, "bob", Duration.ofHours(1), "hush"));
            chat.fixture().settle("told", () -> ears.heard("operator MUTE bob: hush"));
            assertThat(ears.lines()).contains("topic of operator: tea");
            assertThat(room.topic()).isEqualTo("tea");
            assertThat(chat.fixture().refusal(bob.say("but"))).isEqualTo(ErrorCode.MUTED);
            for (CompletableFuture<Long> wrong : List.of(
                    chat.server().setTopic("attic", "dust"),
                    chat.server().setTopic("no room", "x"),
                    chat.server().moderate("attic", Action.KICK, "bob", Duration.ZERO, ""),
                    chat.server().moderate("lobby", Action.KICK, "nobody", Duration.ZERO, ""))) {
                assertThatThrownBy(() -> chat.fixture().await(wrong)).isInstanceOf(RoomException.class);
            }
            assertThat(chat.server().hub().findRoom("attic")).isNull();
        }
    }

    /** Changed limits apply to those who connect later. */
    @Test
    default void otherBoundsHoldForThoseWhoComeLater() {
        try (Chat chat = Chat.open(open(), builder -> builder.greeting("old"))) {
            ChatClient alice = chat.guest("alice");
            chat.server()
                    .reconfigure(
                            Chat.UNHURRIED.toBuilder()
                                    .maxConnections(2)
                                    .maxConnectionsPerAddress(2)
                                    .build(),
                            "new");
            assertThat(alice.greeting()).isEqualTo("old");
            assertThat(chat.guest("bob").greeting()).isEqualTo("new");
            assertThat(catchThrowableOfType(ChatException.class, () -> chat.guest("carol")))
                    .isNotNull();
            assertThatThrownBy(() -> chat.server()
                            .reconfigure(
                                    Chat.UNHURRIED.toBuilder()
                                            .maxConnections(0)
                                            .maxConnectionsPerAddress(2)
                                            .build(),
                                    "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            chat.server().reconfigure(Chat.UNHURRIED, "newest");
            assertThat(chat.guest("carol").greeting()).isEqualTo("newest");
        }
    }

    /** The server can remove a user. */
    @Test
    default void removesAUser() {
        try (Chat chat = Chat.open(open())) {
            Desk desk = new Desk();
            Ears atAlice = new Ears();
            Ears atBob = new Ears();
            chat.enter(chat.guest("alice"), "lobby", atAlice);
            ChatClient bob = chat.guest("bob", desk);
            chat.enter(bob, "lobby", atBob);
            chat.fixture().settle("bob is seen", () -> atAlice.heard("joined bob"));
            assertThat(chat.server().remove("nobody", "gone")).isFalse();
            assertThat(chat.server().remove("BOB", "enough")).isTrue();
            ChatException why = chat.fixture().await(desk.closed);
            assertThat(why.code()).isEqualTo(ErrorCode.REMOVED);
            assertThat(why).hasMessage("enough");
            chat.fixture().await(bob.closed());
            assertThat(atBob.lines()).endsWith("closed " + ErrorCode.REMOVED);
            chat.fixture()
                    .settle(
                            "alice sees it",
                            () -> atAlice.lines().stream().anyMatch(line -> line.startsWith("left bob")));
            chat.fixture().settle("the name is free", () -> chat.server().hub().user("bob") == null);
            assertThat(chat.guest("bob").name()).isEqualTo("bob");
        }
    }

    /** The server can list users and rooms. */
    @Test
    default void seesUsersAndRooms() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            chat.enter(alice, "lobby", new Ears());
            assertThat(chat.server().hub().users()).extracting(Object::toString).containsExactly("alice");
            assertThat(chat.server().hub().rooms()).extracting(Object::toString).containsExactly("lobby");
            alice.close();
            chat.fixture()
                    .settle("all is empty", () -> chat.server().hub().users().isEmpty());
            chat.fixture()
                    .settle("all is empty", () -> chat.server().hub().rooms().isEmpty());
            chat.fixture().settle("all is empty", () -> chat.server().hub().windowBytes() == 0);
        }
    }
}
