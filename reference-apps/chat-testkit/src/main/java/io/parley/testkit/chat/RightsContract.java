package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.model.DirectMode;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomPlan;
import io.parley.model.RoomSettings;
import io.parley.room.HubOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Who may do what: rights hang on who somebody is, and never on a name. */
public interface RightsContract extends Opener {

    private static ChatRoom owned(Chat chat, ChatClient owner, String name) {
        ChatRoom room = chat.enter(owner, name, new Ears());
        chat.fixture().settle("the founder owns the room", () -> room.role() == Role.OWNER);
        return room;
    }

    private static CompletableFuture<?> act(ChatRoom room, Action action, ChatClient target) {
        return room.moderate(action, target.user().id(), Duration.ZERO, "");
    }

    private static int refusedLogin(Chat chat, String name) {
        return chat.fixture()
                .refusal(chat.client(name).connectAsync(chat.fixture().transport(), chat.address()));
    }

    /** A room of the server is for the invited, also while nobody is in it. */
    @Test
    default void invitationsHoldWhileNobodyIsThere() {
        try (Chat chat = Chat.open(open())) {
            RoomPlan plan = RoomPlan.DEFAULT.withSettings(RoomSettings.DEFAULT.withInviteOnly(true));
            chat.fixture().await(chat.server().createRoom("board", plan));
            chat.fixture().await(chat.server().say("board", "a secret"));
            ChatClient mallory = chat.guest("mallory");
            assertThat(chat.fixture().refusal(mallory.enterAsync("board", 10, new Ears())))
                    .isEqualTo(ErrorCode.INVITE_ONLY);
            assertThat(chat.fixture().await(mallory.rooms("", 10))).isEmpty();
            ChatClient anna = chat.guest("anna");
            chat.fixture().await(chat.server().moderate("board", Action.INVITE, "anna", Duration.ZERO, ""));
            assertThat(chat.enter(anna, "board", new Ears()).role()).isEqualTo(Role.MEMBER);
        }
    }

    /** An invitation is for who was invited, and for nobody who takes the name later. */
    @Test
    default void anInvitationIsNotForAName() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom room = owned(chat, chat.guest("owner"), "den");
            chat.fixture().await(room.configure(room.settings().withInviteOnly(true)));
            ChatClient anna = chat.guest("anna");
            chat.fixture().await(act(room, Action.INVITE, anna));
            chat.fixture().await(anna.rename("hanna"));
            ChatClient other = chat.guest("anna");
            assertThat(chat.fixture().refusal(other.enterAsync("den", 0, new Ears())))
                    .isEqualTo(ErrorCode.INVITE_ONLY);
            assertThat(chat.enter(anna, "den", new Ears()).memberCount()).isEqualTo(2);
        }
    }

    /** Owners are equals, and a room keeps one. */
    @Test
    default void ownersDoNotDemoteEachOtherAndOneStays() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            ChatClient bob = chat.guest("bob");
            ChatRoom room = owned(chat, alice, "den");
            ChatRoom bobs = chat.enter(bob, "den", new Ears());
            assertThat(chat.fixture().refusal(act(room, Action.MAKE_MEMBER, alice)))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture().await(act(room, Action.MAKE_OWNER, bob));
            for (Action action :
                    List.of(Action.MAKE_MEMBER, Action.MAKE_MODERATOR, Action.KICK, Action.BAN, Action.MUTE)) {
                assertThat(chat.fixture().refusal(act(bobs, action, alice)))
                        .as("%s", action)
                        .isEqualTo(ErrorCode.FORBIDDEN);
            }
            chat.fixture().await(act(room, Action.MAKE_MEMBER, alice));
            chat.fixture().settle("alice is a member", () -> room.role() == Role.MEMBER);
        }
    }

    /** Nobody is shown with a role that somebody else of the name has. */
    @Test
    default void aRoleIsShownForItsUserAlone() {
        try (Chat chat = Chat.open(open())) {
            ChatClient ann = chat.guest("ann");
            ChatRoom room = owned(chat, ann, "den");
            chat.fixture().await(ann.rename("annie"));
            ChatRoom other = chat.enter(chat.guest("ann"), "den", new Ears());
            Ears ears = new Ears();
            ChatRoom newcomer = chat.fixture().await(chat.guest("newcomer").enterAsync("den", 50, ears));
            chat.fixture().await(room.say("hello"));
            chat.fixture().settle("heard", () -> ears.heard("annie: hello"));
            assertThat(newcomer.members())
                    .extracting(Member::name, Member::role)
                    .containsExactly(
                            tuple("ann", Role.MEMBER), tuple("annie", Role.OWNER), tuple("newcomer", Role.MEMBER));
            assertThat(other.role()).isEqualTo(Role.MEMBER);
            assertThat(newcomer.role()).isEqualTo(Role.MEMBER);
        }
    }

    /** Messages of strangers take no place of their victim, and one it ignores does not reach it. */
    @Test
    default void strangersFillNobodysRooms() {
        HubOptions options = HubOptions.builder().maxRoomsPerUser(3).build();
        try (Chat chat = Chat.open(open(), builder -> builder.hubOptions(options))) {
            Door door = new Door();
            ChatClient victim = chat.guest("victim", door);
            ChatClient friend = chat.guest("friend");
            for (int i = 0; i < 10; i++) {
                ChatRoom room = chat.fixture().await(chat.guest("troll" + i).directAsync("victim", 0, new Ears()));
                chat.fixture().await(room.say("spam"));
            }
            chat.fixture().settle("all arrived", () -> door.opened.size() == 10);
            chat.fixture().await(victim.directAsync("friend", 0, new Ears()));
            Ears ears = new Ears();
            ChatRoom fromFriend = chat.fixture().await(friend.directAsync("victim", 0, ears));
            chat.fixture().await(fromFriend.say("are you there?"));
            chat.enter(victim, "lobby", new Ears());
        }
    }

    /** Direct messages can be refused: of one user, of guests, of strangers, of all. */
    @Test
    default void directMessagesCanBeRefused() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            Door door = new Door();
            ChatClient victim = chat.guest("victim", door);
            ChatClient troll = chat.guest("troll");
            ChatClient anna = chat.connect(chat.client("anna").password("secret"));
            ChatRoom room = chat.fixture().await(troll.directAsync("victim", 0, new Ears()));
            chat.fixture().await(room.say("one"));
            chat.fixture().await(victim.ignore(troll.user().id(), true));
            assertThat(chat.fixture().refusal(room.say("two"))).isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture().await(room.leave());
            assertThat(chat.fixture().refusal(troll.directAsync("victim", 0, new Ears())))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture().await(victim.ignore(troll.user().id(), false));
            room = chat.fixture().await(troll.directAsync("victim", 0, new Ears()));
            chat.fixture().await(victim.allowDirect(DirectMode.ACCOUNTS));
            assertThat(chat.fixture().refusal(room.say("three"))).isEqualTo(ErrorCode.FORBIDDEN);
            ChatRoom annas = chat.fixture().await(anna.directAsync("victim", 0, new Ears()));
            chat.fixture().await(annas.say("hello"));
            chat.fixture().await(victim.allowDirect(DirectMode.ROOM_MATES));
            assertThat(chat.fixture().refusal(annas.say("again"))).isEqualTo(ErrorCode.FORBIDDEN);
            chat.enter(victim, "lobby", new Ears());
            chat.enter(anna, "lobby", new Ears());
            chat.fixture().await(annas.say("from the lobby"));
            chat.fixture().await(victim.allowDirect(DirectMode.NOBODY));
            assertThat(chat.fixture().refusal(annas.say("and now"))).isEqualTo(ErrorCode.FORBIDDEN);
            ChatRoom mine = chat.fixture().await(victim.directAsync("anna", 0, new Ears()));
            chat.fixture().await(mine.say("you may answer"));
            chat.fixture().await(annas.say("thanks"));
            chat.fixture().await(chat.server().tell("victim", "the operator is always heard"));
        }
    }

    /** Whoever is muted does nothing that others see, whatever its role. */
    @Test
    default void aMutedModeratorChangesNothing() {
        try (Chat chat = Chat.open(open())) {
            ChatClient bob = chat.guest("bob");
            ChatClient carol = chat.guest("carol");
            ChatRoom owner = owned(chat, chat.guest("owner"), "den");
            Ears ears = new Ears();
            chat.enter(carol, "den", ears);
            ChatRoom room = chat.enter(bob, "den", new Ears());
            chat.fixture().await(act(owner, Action.MAKE_MODERATOR, bob));
            chat.fixture().await(owner.moderate(Action.MUTE, bob.user().id(), Duration.ofHours(1), "calm down"));
            for (CompletableFuture<?> refused : List.<CompletableFuture<?>>of(
                    room.say("but"),
                    room.setTopic("mine"),
                    room.moderate(Action.INVITE, carol.user().id(), Duration.ZERO, "look at me"),
                    act(room, Action.KICK, carol),
                    bob.rename("rob"))) {
                chat.fixture().settle("answered", refused::isDone);
                assertThat(refused)
                        .failsWithin(Duration.ZERO)
                        .withThrowableOfType(ExecutionException.class)
                        .havingCause()
                        .isInstanceOfSatisfying(ChatException.class, why -> {
                            assertThat(why.code()).isEqualTo(ErrorCode.MUTED);
                            assertThat(why.retryAfterMillis()).isBetween(3_500_000L, 3_600_000L);
                            assertThat(why.getMessage()).contains("calm down");
                        });
            }
            room.typing();
            chat.fixture().await(owner.say("a marker"));
            chat.fixture().settle("carol hears the marker", () -> ears.heard("owner: a marker"));
            assertThat(ears.lines()).noneMatch(line -> line.contains("typing") || line.contains("rob"));
        }
    }

    /** A full list of bans keeps no moderator from banning. */
    @Test
    default void aFullListDisarmsNobody() {
        HubOptions options = HubOptions.builder().maxRestrictions(3).build();
        try (Chat chat = Chat.open(open(), builder -> builder.hubOptions(options))) {
            ChatRoom room = owned(chat, chat.guest("owner"), "den");
            for (int i = 0; i < 5; i++) {
                ChatClient troll = chat.guest("troll" + i);
                chat.fixture().await(act(room, Action.BAN, troll));
                assertThat(chat.fixture().refusal(troll.enterAsync("den", 0, new Ears())))
                        .isEqualTo(ErrorCode.BANNED_FROM_ROOM);
            }
            assertThat(chat.fixture().await(room.restrictions(0, 10)))
                    .extracting(RestrictionItem::user)
                    .extracting(user -> user.name())
                    .containsExactly("troll2", "troll3", "troll4");
        }
    }

    /** Nobody has a name that looks like the operator's, or like that of somebody who is here. */
    @Test
    default void namesThatLookAlikeAreOne() {
        try (Chat chat = Chat.open(open())) {
            chat.guest("anna");
            ChatClient bob = chat.guest("bob");
            for (String name : List.of(
                    "\u043eperator", "0perator", "[operator]", "operator.", "OPERATOR", "\u0430nna", "_anna_")) {
                assertThat(refusedLogin(chat, name)).as(name).isIn(ErrorCode.NAME_TAKEN, ErrorCode.BAD_NAME);
                assertThat(chat.fixture().refusal(bob.rename(name)))
                        .as(name)
                        .isIn(ErrorCode.NAME_TAKEN, ErrorCode.BAD_NAME);
            }
            ChatRoom room = chat.enter(bob, "Lobby", new Ears());
            assertThat(chat.enter(chat.guest("carol"), "[l0bby]", new Ears()).name())
                    .isEqualTo(room.name());
        }
    }
}
