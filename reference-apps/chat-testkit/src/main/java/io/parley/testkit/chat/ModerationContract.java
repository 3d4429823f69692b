package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.PresenceMode;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Roles in a room and moderation. */
public interface ModerationContract extends Opener {

    private static ChatRoom owned(Chat chat, ChatClient owner, Ears ears) {
        ChatRoom room = chat.enter(owner, "lobby", ears);
        chat.fixture().settle("the founder owns the room", () -> room.role() == Role.OWNER);
        return room;
    }

    private static CompletableFuture<Receipt> act(ChatRoom room, Action action, ChatClient target) {
        return room.moderate(action, target.user().id(), Duration.ZERO, "because");
    }

    /** Lifts the only restriction of a room. */
    private static void lift(Chat chat, ChatRoom room, Action action) {
        RestrictionItem only = chat.fixture().await(room.restrictions(0, 10)).get(0);
        chat.fixture().await(room.lift(action, only.number(), "because"));
    }

    /** The founder of a room owns it and can give roles. */
    @Test
    default void founderOwnsAndGivesRoles() {
        try (Chat chat = Chat.open(open())) {
            Ears atBob = new Ears();
            ChatRoom alice = owned(chat, chat.guest("alice"), new Ears());
            ChatClient client = chat.guest("bob");
            ChatRoom bob = chat.enter(client, "lobby", atBob);
            assertThat(bob.role()).isEqualTo(Role.MEMBER);
            assertThat(chat.fixture().refusal(act(bob, Action.MAKE_OWNER, client)))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture().await(act(alice, Action.MAKE_MODERATOR, client));
            chat.fixture().settle("bob moderates", () -> bob.role() == Role.MODERATOR);
            // The room knows before its listener is told.
            chat.fixture().settle("bob is told", () -> atBob.heard("alice MAKE_MODERATOR bob: because"));
            chat.fixture().await(bob.setTopic("bob's"));
            assertThat(chat.fixture().refusal(bob.configure(alice.settings()))).isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture()
                    .settle(
                            "alice sees it",
                            () -> alice.members().stream()
                                    .filter(member -> member.role() == Role.MODERATOR)
                                    .map(Member::name)
                                    .toList()
                                    .contains("bob"));
            assertThat(chat.fixture().refusal(alice.moderate(Action.MAKE_OWNER, 1, Duration.ZERO, "")))
                    .isEqualTo(ErrorCode.NO_SUCH_USER);
            long id = client.user().id();
            assertThat(chat.fixture().refusal(alice.moderate(Action.OTHER, id, Duration.ZERO, "")))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    /** A kicked member is removed and may come back. */
    @Test
    default void kickSendsOutAndLetsBackIn() {
        try (Chat chat = Chat.open(open())) {
            Ears atAlice = new Ears();
            Ears atBob = new Ears();
            ChatClient bob = chat.guest("bob");
            ChatClient owner = chat.guest("alice");
            ChatRoom alice = owned(chat, owner, atAlice);
            ChatRoom room = chat.enter(bob, "lobby", atBob);
            assertThat(chat.fixture().refusal(act(room, Action.KICK, owner))).isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture().await(act(alice, Action.KICK, bob));
            chat.fixture().settle("bob is out", () -> atBob.heard("closed " + ErrorCode.KICKED));
            assertThat(atBob.lines()).endsWith("alice KICK bob: because", "closed " + ErrorCode.KICKED);
            chat.fixture().settle("alice sees it", () -> atAlice.heard("left bob: kicked: because"));
            assertThat(chat.fixture().refusal(room.say("but"))).isEqualTo(ErrorCode.NOT_A_MEMBER);
            assertThat(chat.enter(bob, "lobby", new Ears()).memberCount()).isEqualTo(2);
        }
    }

    /** A muted user stays muted under another name. */
    @Test
    default void muteIsNotShakenOffByAnotherName() {
        try (Chat chat = Chat.open(open())) {
            ChatClient bob = chat.guest("bob");
            ChatRoom alice = owned(chat, chat.guest("alice"), new Ears());
            ChatRoom room = chat.enter(bob, "lobby", new Ears());
            chat.fixture().await(act(alice, Action.MUTE, bob));
            assertThat(chat.fixture().refusal(bob.rename("rob"))).isEqualTo(ErrorCode.MUTED);
            assertThat(chat.fixture().refusal(room.say("but"))).isEqualTo(ErrorCode.MUTED);
            lift(chat, alice, Action.UNMUTE);
            assertThat(chat.fixture().await(bob.rename("rob"))).isEqualTo("rob");
        }
    }

    /** A banned user stays out until the ban is lifted. */
    @Test
    default void banKeepsOutUntilLifted() {
        try (Chat chat = Chat.open(open())) {
            Ears atBob = new Ears();
            ChatClient bob = chat.guest("bob");
            ChatRoom alice = owned(chat, chat.guest("alice"), new Ears());
            chat.enter(bob, "lobby", atBob);
            chat.fixture().await(act(alice, Action.BAN, bob));
            chat.fixture().settle("bob is out", () -> atBob.heard("closed " + ErrorCode.BANNED_FROM_ROOM));
            assertThat(chat.fixture().refusal(bob.enterAsync("lobby", 0, new Ears())))
                    .isEqualTo(ErrorCode.BANNED_FROM_ROOM);
            lift(chat, alice, Action.UNBAN);
            assertThat(chat.enter(bob, "lobby", new Ears()).name()).isEqualTo("lobby");
        }
    }

    /** A very long ban is kept. */
    @Test
    default void aVeryLongBanHolds() {
        try (Chat chat = Chat.open(open())) {
            Ears atBob = new Ears();
            ChatClient bob = chat.guest("bob");
            ChatRoom alice = owned(chat, chat.guest("alice"), new Ears());
            chat.enter(bob, "lobby", atBob);
            chat.fixture().await(alice.moderate(Action.BAN, bob.user().id(), Duration.ofMillis(Long.MAX_VALUE), ""));
            chat.fixture().settle("bob is out", () -> atBob.heard("closed " + ErrorCode.BANNED_FROM_ROOM));
            assertThat(chat.fixture().refusal(bob.enterAsync("lobby", 0, new Ears())))
                    .isEqualTo(ErrorCode.BANNED_FROM_ROOM);
        }
    }

    /** A muted member cannot speak. */
    @Test
    default void muteTakesTheVoice() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom alice = owned(chat, chat.guest("alice"), new Ears());
            ChatClient client = chat.guest("bob");
            ChatRoom bob = chat.enter(client, "lobby", new Ears());
            chat.fixture().await(act(alice, Action.MUTE, client));
            assertThat(chat.fixture().refusal(bob.say("mm"))).isEqualTo(ErrorCode.MUTED);
            lift(chat, alice, Action.UNMUTE);
            chat.fixture().await(bob.say("thanks"));
        }
    }

    /** A room by invitation admits invited users only. */
    @Test
    default void inviteOnlyIsForTheInvited() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom alice = owned(chat, chat.guest("alice"), new Ears());
            chat.fixture().await(alice.configure(new RoomSettings(true, 0, PresenceMode.FULL)));
            ChatClient bob = chat.guest("bob");
            assertThat(chat.fixture().refusal(bob.enterAsync("lobby", 0, new Ears())))
                    .isEqualTo(ErrorCode.INVITE_ONLY);
            chat.fixture().await(act(alice, Action.INVITE, bob));
            assertThat(chat.enter(bob, "lobby", new Ears()).settings().inviteOnly())
                    .isTrue();
            chat.fixture().await(act(alice, Action.UNINVITE, bob));
            assertThat(chat.fixture().refusal(chat.guest("carol").enterAsync("lobby", 0, new Ears())))
                    .isEqualTo(ErrorCode.INVITE_ONLY);
        }
    }

    /** The limit of members is kept. */
    @Test
    default void memberLimitHolds() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom alice = owned(chat, chat.guest("alice"), new Ears());
            chat.fixture().await(alice.configure(new RoomSettings(false, 2, PresenceMode.FULL)));
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", new Ears());
            ChatClient carol = chat.guest("carol");
            assertThat(chat.fixture().refusal(carol.enterAsync("lobby", 0, new Ears())))
                    .isEqualTo(ErrorCode.ROOM_FULL);
            chat.fixture().await(bob.leave());
            assertThat(chat.enter(carol, "lobby", new Ears()).memberCount()).isEqualTo(2);
        }
    }

    /** The number of rooms for each user is limited. */
    @Test
    default void roomsPerUserAreBounded() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            int most = chat.server().hub().options().maxRoomsPerUser();
            for (int i = 0; i < most; i++) {
                chat.enter(alice, "room" + i, new Ears());
            }
            assertThat(chat.fixture().refusal(alice.enterAsync("onemore", 0, new Ears())))
                    .isEqualTo(ErrorCode.TOO_MANY_ROOMS);
            assertThat(chat.fixture().refusal(alice.enterAsync("no good", 0, new Ears())))
                    .isEqualTo(ErrorCode.BAD_NAME);
        }
    }
}
