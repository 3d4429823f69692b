package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.PresenceMode;
import io.parley.model.RoomItem;
import io.parley.model.RoomSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members, topics and the list of rooms. */
public interface PresenceContract extends Opener {

    /** Members are told who joins and who leaves. */
    @Test
    default void comingAndGoingIsTold() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", ears);
            ChatClient bob = chat.guest("bob");
            chat.enter(bob, "lobby", new Ears());
            chat.fixture().settle("bob joined", () -> ears.heard("joined bob"));
            assertThat(room.members()).extracting(Member::name).containsExactly("alice", "bob");
            assertThat(room.memberCount()).isEqualTo(2);
            bob.close();
            chat.fixture().settle("bob left", () -> ears.heard("left bob"));
            assertThat(room.members()).extracting(Member::name).containsExactly("alice");
            assertThat(room.memberCount()).isEqualTo(1);
            assertThat(ears.lines().stream().filter(line -> line.contains("bob")))
                    .containsExactly("joined bob", "left bob");
        }
    }

    /** A lost connection leaves its rooms. */
    @Test
    default void aLostConnectionLeavesForIt() {
        ChatFixture fixture = open();
        Cuttable way = new Cuttable(fixture.transport());
        try (Chat chat = Chat.open(fixture)) {
            Ears ears = new Ears();
            chat.enter(chat.guest("alice"), "lobby", ears);
            ChatClient bob = chat.client("bob").connect(way, chat.address());
            chat.enter(bob, "lobby", new Ears());
            fixture.settle("bob joined", () -> ears.heard("joined bob"));
            way.cut();
            fixture.settle("bob left", () -> ears.heard("left bob: connection lost"));
            fixture.settle("the name is free", () -> chat.server().hub().user("bob") == null);
            assertThat(chat.guest("bob").name()).isEqualTo("bob");
        }
    }

    /** A new name is told in each room of the user. */
    @Test
    default void renamingIsToldInEveryRoom() {
        try (Chat chat = Chat.open(open())) {
            Ears inLobby = new Ears();
            Ears inAttic = new Ears();
            ChatClient alice = chat.guest("alice");
            ChatClient bob = chat.guest("bob");
            ChatRoom lobby = chat.enter(alice, "lobby", inLobby);
            chat.enter(alice, "attic", inAttic);
            ChatRoom atBob = chat.enter(bob, "lobby", new Ears());
            chat.enter(bob, "attic", new Ears());
            chat.fixture().settle("bob is seen", () -> inLobby.heard("joined bob") && inAttic.heard("joined bob"));
            chat.fixture().await(bob.rename("Robert"));
            chat.fixture()
                    .settle(
                            "told",
                            () -> inLobby.heard("renamed bob to Robert") && inAttic.heard("renamed bob to Robert"));
            chat.fixture().await(atBob.say("it is me"));
            chat.fixture().settle("heard", () -> inLobby.heard("Robert: it is me"));
            assertThat(lobby.members()).extracting(Member::name).containsExactly("Robert", "alice");
        }
    }

    /** Members are told who is typing. */
    @Test
    default void typingIsTold() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            chat.enter(chat.guest("alice"), "lobby", ears);
            chat.enter(chat.guest("bob"), "lobby", new Ears()).typing();
            chat.fixture().settle("told", () -> ears.heard("typing bob"));
        }
    }

    /** A topic is told and kept. */
    @Test
    default void topicIsToldAndKept() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom alice = chat.enter(chat.guest("alice"), "lobby", new Ears());
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", ears);
            chat.fixture().await(alice.setTopic("boats"));
            chat.fixture().settle("told", () -> ears.heard("topic of alice: boats"));
            chat.fixture().settle("alice knows, too", () -> alice.topic().equals("boats"));
            assertThat(bob.topic()).isEqualTo("boats");
            assertThat(chat.enter(chat.guest("carol"), "lobby", new Ears()).topic())
                    .isEqualTo("boats");
            assertThat(chat.fixture().refusal(bob.setTopic("cars"))).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    /** A room that only counts its members tells no names. */
    @Test
    default void aRoomThatOnlyCountsNamesNobody() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", ears);
            chat.fixture().settle("alice owns it", () -> room.role() == io.parley.model.Role.OWNER);
            chat.fixture().await(room.configure(new RoomSettings(false, 0, PresenceMode.COUNT)));
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", new Ears());
            chat.fixture().settle("counted", () -> room.memberCount() == 2);
            assertThat(bob.memberCount()).isEqualTo(2);
            assertThat(bob.members()).isEmpty();
            assertThat(ears.lines()).doesNotContain("joined bob");
            assertThat(chat.fixture().await(bob.page("", 10)))
                    .extracting(Member::name)
                    .containsExactly("alice", "bob");
        }
    }

    /** Rooms can be listed by pages. */
    @Test
    default void roomsAreListedByPages() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            for (String name : List.of("delta", "alpha", "charlie", "bravo")) {
                chat.enter(alice, name, new Ears());
            }
            ChatRoom bravo = chat.enter(chat.guest("bob"), "bravo", new Ears());
            chat.fixture().await(alice.directAsync("bob", 0, new Ears()));
            chat.fixture().await(chat.enter(alice, "alpha", new Ears()).setTopic("first things"));
            List<RoomItem> first = chat.fixture().await(alice.rooms("", 3));
            assertThat(first).extracting(RoomItem::name).containsExactly("alpha", "bravo", "charlie");
            assertThat(first.get(0).topic()).isEqualTo("first things");
            assertThat(first.get(1).members()).isEqualTo(2);
            assertThat(chat.fixture().await(alice.rooms("charlie", 3)))
                    .extracting(RoomItem::name)
                    .containsExactly("delta");
            assertThat(chat.fixture().await(alice.rooms("delta", 3))).isEmpty();
            chat.fixture().await(bravo.leave());
        }
    }

    /** Members can be listed by pages. */
    @Test
    default void membersAreListedByPages() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom room = chat.enter(chat.guest("bob"), "lobby", new Ears());
            for (String name : List.of("Dave", "alice", "carol")) {
                chat.enter(chat.guest(name), "lobby", new Ears());
            }
            assertThat(chat.fixture().await(room.page("", 3)))
                    .extracting(Member::name)
                    .containsExactly("alice", "bob", "carol");
            assertThat(chat.fixture().await(room.page("carol", 3)))
                    .extracting(Member::name)
                    .containsExactly("Dave");
            assertThat(chat.fixture().await(room.page("dave", 3))).isEmpty();
        }
    }
}
