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
import java.util.List;
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

    /** An act meets the user that was meant, whatever became of the names meanwhile. */
    @Test
    default void actsOnAUserAndNotOnAName() {
        try (Chat chat = Chat.open(open())) {
            Ears atAlice = new Ears();
            ChatRoom alice = owned(chat, chat.guest("alice"), atAlice);
            ChatClient bob = chat.guest("bob");
            ChatRoom former = chat.enter(bob, "lobby", new Ears());
            chat.fixture().await(bob.rename("rob"));
            ChatClient newcomer = chat.guest("bob");
            ChatRoom other = chat.enter(newcomer, "lobby", new Ears());
            chat.fixture().await(act(alice, Action.MUTE, bob));
            chat.fixture().settle("told", () -> atAlice.heard("alice MUTE rob: because"));
            assertThat(chat.fixture().refusal(former.say("mm"))).isEqualTo(ErrorCode.MUTED);
            chat.fixture().await(other.say("hello"));
            assertThat(chat.fixture().await(newcomer.find("rob"))).isEqualTo(bob.user());
        }
    }

    /** Moderators list what is imposed, and lift it by its number; others do not. */
    @Test
    default void restrictionsAreListedAndLifted() {
        try (Chat chat = Chat.open(open())) {
            ChatClient owner = chat.guest("alice");
            ChatRoom alice = owned(chat, owner, new Ears());
            ChatClient bob = chat.guest("bob");
            ChatRoom room = chat.enter(bob, "lobby", new Ears());
            ChatClient carol = chat.guest("carol");
            chat.enter(carol, "lobby", new Ears());
            long mute = chat.fixture()
                    .await(alice.moderate(Action.MUTE, bob.user().id(), Duration.ofHours(1), "hush"))
                    .seq();
            long ban = chat.fixture().await(act(alice, Action.BAN, carol)).seq();
            assertThat(chat.fixture().refusal(room.restrictions(0, 10))).isEqualTo(ErrorCode.FORBIDDEN);
            List<RestrictionItem> all = chat.fixture().await(alice.restrictions(0, 10));
            assertThat(all).extracting(RestrictionItem::number).containsExactly(mute, ban);
            assertThat(all).extracting(RestrictionItem::action).containsExactly(Action.MUTE, Action.BAN);
            assertThat(all).extracting(RestrictionItem::user).containsExactly(bob.user(), carol.user());
            assertThat(all).extracting(RestrictionItem::by).containsOnly(owner.user());
            assertThat(all).extracting(RestrictionItem::text).containsExactly("hush", "because");
            assertThat(all.get(0).remainingMillis())
                    .isBetween(1L, Duration.ofHours(1).toMillis());
            assertThat(all.get(1).remainingMillis()).isZero();
            assertThat(chat.fixture().await(alice.restrictions(mute, 10))).hasSize(1);
            chat.fixture().await(alice.lift(Action.UNMUTE, mute, ""));
            assertThat(chat.fixture().refusal(alice.lift(Action.UNMUTE, mute, "")))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            chat.fixture().await(room.say("thanks"));
            assertThat(chat.fixture().await(alice.restrictions(0, 10))).hasSize(1);
        }
    }

    /** The only owner stays one; when it leaves, the senior moderator owns the room. */
    @Test
    default void aModeratorSucceedsTheOwner() {
        try (Chat chat = Chat.open(open())) {
            ChatClient owner = chat.guest("alice");
            ChatRoom alice = owned(chat, owner, new Ears());
            ChatClient moderator = chat.guest("bob");
            ChatRoom bob = chat.enter(moderator, "lobby", new Ears());
            ChatRoom carol = chat.enter(chat.guest("carol"), "lobby", new Ears());
            chat.fixture().await(act(alice, Action.MAKE_MODERATOR, moderator));
            assertThat(chat.fixture().refusal(act(alice, Action.MAKE_MEMBER, owner)))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture().await(alice.leave());
            chat.fixture().settle("bob owns the room", () -> bob.role() == Role.OWNER);
            assertThat(carol.role()).isEqualTo(Role.MEMBER);
        }
    }

    /** A room that nobody is in has ended: the next of that name is another, without history, and has a new owner. */
    @Test
    default void anEmptyRoomHasEnded() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            ChatRoom first = owned(chat, alice, new Ears());
            long epoch = first.epoch();
            chat.fixture().await(first.say("one"));
            chat.fixture().await(first.leave());
            Ears ears = new Ears();
            ChatRoom next = chat.fixture().await(chat.guest("bob").enterAsync("lobby", 10, ears));
            chat.fixture().settle("bob owns it", () -> next.role() == Role.OWNER);
            assertThat(next.epoch()).isNotEqualTo(epoch);
            assertThat(ears.texts()).isEmpty();
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
