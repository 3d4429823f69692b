package io.parley.testkit.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientState;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.Role;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.room.User;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Users with an account: logging in, and bans of accounts. */
public interface AccountContract extends Opener {

    private static ChatClient account(Chat chat, String name) {
        return chat.connect(chat.client(name).password("secret"));
    }

    private static int refused(Chat chat, ChatClient.Builder builder) {
        return catchThrowableOfType(ChatException.class, () -> chat.connect(builder))
                .code();
    }

    /** An account logs in with its password. */
    @Test
    default void passwordLetsIn() {
        Accounts accounts = new Accounts();
        try (Chat chat = Chat.open(open(), builder -> builder.policy(accounts))) {
            ChatClient anna = account(chat, "Anna");
            assertThat(anna.name()).isEqualTo("Anna");
            User user = requireNonNull(chat.server().hub().user("anna"));
            assertThat(user.isGuest()).isFalse();
            assertThat(user.account()).isEqualTo("anna");
            assertThat(anna.user()).isEqualTo(user.item());
            assertThat(accounts.asked).singleElement().satisfies(applicant -> {
                assertThat(applicant.name().display()).isEqualTo("Anna");
                assertThat(applicant.client()).isEqualTo("parley");
            });
            assertThat(chat.server().addressesOf(user)).hasSize(1);
        }
    }

    /** A wrong password is refused. */
    @Test
    default void wrongPasswordDoesNot() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            assertThat(refused(chat, chat.client("anna").password("guess"))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(refused(chat, chat.client("anna").password(""))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(refused(chat, chat.client("anna").password("a\0b"))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(refused(chat, chat.client("broken").password("secret"))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refused(chat, chat.client("a b").password("secret"))).isEqualTo(ErrorCode.BAD_NAME);
            assertThat(refused(chat, chat.client("anna").password("x".repeat(2_000))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(chat.server().hub().users()).isEmpty();
        }
    }

    /** Without a policy there are no accounts. */
    @Test
    default void noAccountsUnlessAProgramHasThem() {
        try (Chat chat = Chat.open(open())) {
            assertThat(refused(chat, chat.client("anna").password("secret"))).isEqualTo(ErrorCode.AUTH_FAILED);
        }
    }

    /** An account is made by a client, and is there from then on; a token of somebody else's is good, too. */
    @Test
    default void accountsAreMadeAndTokensTaken() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            assertThat(refused(chat, chat.client("dora").register("of dora", "guess")))
                    .isEqualTo(ErrorCode.AUTH_FAILED);
            ChatClient dora = chat.connect(chat.client("dora").register("of dora", "welcome"));
            assertThat(dora.user().kind()).isEqualTo(UserKind.ACCOUNT);
            assertThat(refused(chat, chat.client("dora").register("of dora", "welcome")))
                    .isEqualTo(ErrorCode.NAME_TAKEN);
            assertThat(refused(chat, chat.client("a b").register("of dora", "welcome")))
                    .isEqualTo(ErrorCode.BAD_NAME);
            assertThat(chat.connect(chat.client("dora").password("of dora")).user())
                    .isEqualTo(dora.user());
            assertThat(chat.connect(chat.client("somebody").token("of anna")).name())
                    .isEqualTo("Anna");
            assertThat(refused(chat, chat.client("anna").token("of bob"))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(refused(chat, chat.client("anna").certificate())).isEqualTo(ErrorCode.AUTH_FAILED);
        }
    }

    /** A client changes its password and goes on; the account's other sessions end, and do not come back. */
    @Test
    default void aPasswordIsChanged() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            ChatClient desk = account(chat, "anna");
            ChatClient phone = account(chat, "anna");
            ChatRoom room = chat.enter(desk, "lobby", new Ears());
            assertThat(chat.fixture().refusal(desk.changePassword("guess", "next")))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(chat.fixture().refusal(chat.guest("bob").changePassword("secret", "next")))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            chat.fixture().await(desk.changePassword("secret", "next"));
            chat.fixture().settle("the phone ends", () -> phone.state().phase() == ClientState.Phase.ENDED);
            assertThat(requireNonNull(phone.state().cause()).code()).isEqualTo(ErrorCode.AUTH_FAILED);
            chat.fixture().await(room.say("still here"));
            assertThat(refused(chat, chat.client("anna").password("secret"))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(chat.connect(chat.client("anna").password("next")).user())
                    .isEqualTo(desk.user());
        }
    }

    /** Two connections of one account are one user. */
    @Test
    default void twoConnectionsAreOneUser() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            Ears ears = new Ears();
            ChatClient desk = account(chat, "anna");
            ChatClient phone = account(chat, "anna");
            assertThat(chat.server().hub().users()).hasSize(1);
            ChatRoom room = chat.enter(desk, "lobby", new Ears());
            assertThat(chat.enter(phone, "lobby", ears).memberCount()).isEqualTo(1);
            chat.fixture().await(room.say("from the desk"));
            chat.fixture().settle("the phone hears", () -> ears.heard("anna: from the desk"));
            assertThat(refused(chat, chat.client("anna"))).isEqualTo(ErrorCode.NAME_TAKEN);
            assertThat(chat.fixture().refusal(desk.rename("hanna"))).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    /** A ban of an account stays after the account left, and can be lifted while it is away. */
    @Test
    default void banOfAnAccountOutlivesItsVisitAndIsLiftedWhileItIsAway() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            ChatClient anna = account(chat, "anna");
            chat.enter(chat.guest("bob"), "lobby", new Ears());
            chat.enter(anna, "lobby", new Ears());
            chat.fixture().await(chat.server().moderate("lobby", Action.BAN, "anna", Duration.ZERO, "enough"));
            anna.close();
            chat.fixture().settle("anna has gone", () -> chat.server().hub().user("anna") == null);
            ChatClient back = account(chat, "anna");
            assertThat(chat.fixture().refusal(back.enterAsync("lobby", 0, new Ears())))
                    .isEqualTo(ErrorCode.BANNED_FROM_ROOM);
            back.close();
            chat.fixture().settle("anna has gone", () -> chat.server().hub().user("anna") == null);
            chat.fixture().await(chat.server().moderate("lobby", Action.UNBAN, "anna", Duration.ZERO, ""));
            assertThat(chat.enter(account(chat, "anna"), "lobby", new Ears()).memberCount())
                    .isEqualTo(2);
        }
    }

    /** Nobody else has the name of an account, also while that is away; who asks for the name finds the account. */
    @Test
    default void theNameOfAnAccountIsKeptForIt() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            assertThat(refused(chat, chat.client("Anna"))).isEqualTo(ErrorCode.NAME_TAKEN);
            ChatClient bob = chat.guest("bob");
            assertThat(chat.fixture().refusal(bob.rename("anna"))).isEqualTo(ErrorCode.NAME_TAKEN);
            UserItem away = chat.fixture().await(bob.find("anna"));
            assertThat(away.kind()).isEqualTo(UserKind.ACCOUNT);
            ChatClient anna = account(chat, "anna");
            assertThat(anna.user()).isEqualTo(away);
            assertThat(chat.fixture().refusal(bob.find("nobody"))).isEqualTo(ErrorCode.NO_SUCH_USER);
            ChatRoom room = chat.enter(anna, "lobby", new Ears());
            chat.enter(bob, "lobby", new Ears());
            chat.fixture().await(room.moderate(Action.MAKE_MODERATOR, bob.user().id(), Duration.ZERO, ""));
            anna.close();
            chat.fixture().settle("anna has gone", () -> chat.server().hub().user("anna") == null);
            assertThat(chat.enter(account(chat, "anna"), "lobby", new Ears()).role())
                    .isEqualTo(Role.OWNER);
        }
    }

    /** A ban of a name applies to the account with that name. */
    @Test
    default void banOfANameHoldsForTheAccountOfThatName() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            chat.enter(chat.guest("bob"), "lobby", new Ears());
            chat.fixture().await(chat.server().moderate("lobby", Action.BAN, "Anna", Duration.ZERO, "before it came"));
            chat.fixture().await(chat.server().moderate("lobby", Action.MUTE, "carol", Duration.ZERO, ""));
            ChatClient anna = account(chat, "anna");
            assertThat(chat.fixture().refusal(anna.enterAsync("lobby", 0, new Ears())))
                    .isEqualTo(ErrorCode.BANNED_FROM_ROOM);
            chat.fixture().await(chat.server().moderate("lobby", Action.UNBAN, "anna", Duration.ZERO, ""));
            chat.enter(anna, "lobby", new Ears());
            ChatRoom carol = chat.enter(account(chat, "carol"), "lobby", new Ears());
            assertThat(chat.fixture().refusal(carol.say("hm"))).isEqualTo(ErrorCode.MUTED);
            chat.fixture().await(chat.server().moderate("lobby", Action.UNMUTE, "carol", Duration.ZERO, ""));
            chat.fixture().await(carol.say("ah"));
        }
    }
}
