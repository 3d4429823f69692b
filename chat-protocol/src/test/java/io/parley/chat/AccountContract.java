package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.policy.ChatPolicy;
import io.parley.room.User;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Users who have proved who they are, and what is held against them. */
public interface AccountContract extends Opener {

    /** Everybody's password is "secret"; "broken" cannot be checked. */
    final class Accounts implements ChatPolicy {
        final CopyOnWriteArrayList<Applicant> asked = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<Decision> login(Applicant applicant, String password) {
            asked.add(applicant);
            if (applicant.name().equals("broken")) {
                return CompletableFuture.failedFuture(new IllegalStateException("no opinion"));
            }
            return CompletableFuture.completedFuture(
                    password.equals("secret") ? Decision.ALLOWED : Decision.denied("wrong name or password"));
        }
    }

    private static ChatClient account(Chat chat, String name) {
        return chat.connect(chat.client(name).password("secret"));
    }

    private static int refused(Chat chat, ChatClient.Builder builder) {
        return catchThrowableOfType(ChatException.class, () -> chat.connect(builder))
                .code();
    }

    @Test
    default void passwordLetsIn() {
        Accounts accounts = new Accounts();
        try (Chat chat = Chat.open(open(), builder -> builder.policy(accounts))) {
            ChatClient anna = account(chat, "Anna");
            assertThat(anna.name()).isEqualTo("Anna");
            User user = chat.server().hub().user("anna");
            assertThat(user.isGuest()).isFalse();
            assertThat(user.identity()).isEqualTo("account:anna");
            assertThat(accounts.asked).singleElement().satisfies(applicant -> {
                assertThat(applicant.name()).isEqualTo("Anna");
                assertThat(applicant.client()).isEqualTo("parley");
            });
            assertThat(chat.server().addressesOf(user)).hasSize(1);
        }
    }

    @Test
    default void wrongPasswordDoesNot() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Accounts()))) {
            assertThat(refused(chat, chat.client("anna").password("guess"))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(refused(chat, chat.client("anna").password(""))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(refused(chat, chat.client("anna").password("a\0b"))).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(refused(chat, chat.client("broken").password("secret"))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refused(chat, chat.client("a b").password("secret"))).isEqualTo(ErrorCode.BAD_NAME);
            assertThat(refused(chat, chat.client("anna").password("x".repeat(2_000))))
                    .isIn(ErrorCode.AUTH_FAILED, ErrorCode.BAD_NAME);
            assertThat(chat.server().hub().users()).isEmpty();
        }
    }

    @Test
    default void noAccountsUnlessAProgramHasThem() {
        try (Chat chat = Chat.open(open())) {
            assertThat(refused(chat, chat.client("anna").password("secret"))).isEqualTo(ErrorCode.AUTH_FAILED);
        }
    }

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
