package io.parley.testkit.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the policy of a server can allow and refuse. */
public interface PolicyContract extends Opener {

    /** A policy can refuse a login. */
    @Test
    default void deniesEntering() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Strict()))) {
            ChatException why = catchThrowableOfType(ChatException.class, () -> chat.guest("bad"));
            assertThat(why.code()).isEqualTo(ErrorCode.AUTH_FAILED);
            assertThat(why).hasMessage("not that");
            for (String name : new String[] {"worse", "baddest"}) {
                assertThat(catchThrowableOfType(ChatException.class, () -> chat.guest(name))
                                .code())
                        .as(name)
                        .isEqualTo(ErrorCode.UNAVAILABLE);
            }
            assertThat(chat.guest("good").name()).isEqualTo("good");
        }
    }

    /** A policy can refuse joining and speaking. */
    @Test
    default void deniesJoiningAndSpeaking() {
        try (Chat chat = Chat.open(open(), builder -> builder.policy(new Strict()))) {
            ChatClient alice = chat.guest("alice");
            assertThat(chat.fixture().refusal(alice.enterAsync("bad", 0, new Ears())))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(chat.fixture().refusal(alice.enterAsync("worse", 0, new Ears())))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            Ears ears = new Ears();
            ChatRoom room = chat.enter(alice, "good", ears);
            for (int i = 0; i < 300; i++) { // more than may be under way: what is denied does not stay under way
                assertThat(chat.fixture().refusal(room.say("bad words"))).isEqualTo(ErrorCode.FORBIDDEN);
                assertThat(chat.fixture().refusal(room.say("worse words"))).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            chat.fixture().await(room.say("good words"));
            chat.fixture().settle("heard", () -> ears.count() == 1);
            assertThat(ears.texts()).containsExactly("good words");
        }
    }

    /** A policy may answer later. */
    @Test
    default void answersLater() {
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        AtomicReference<Applicant> asked = new AtomicReference<>();
        ChatPolicy slow = new ChatPolicy() {
            @Override
            public Answer login(Applicant applicant) {
                asked.set(applicant);
                return Answer.later(answer);
            }
        };
        try (Chat chat = Chat.open(open(), builder -> builder.policy(slow))) {
            CompletableFuture<ChatClient> coming = chat.client("alice")
                    .program("tests/1")
                    .connectAsync(chat.fixture().transport(), chat.address());
            chat.fixture().settle("asked", () -> asked.get() != null);
            Applicant applicant = requireNonNull(asked.get());
            assertThat(applicant.name().display()).isEqualTo("alice");
            assertThat(applicant.client()).isEqualTo("tests/1");
            assertThat(coming).isNotDone();
            answer.complete(Decision.ALLOW);
            try (ChatClient alice = chat.fixture().await(coming)) {
                chat.fixture().await(chat.enter(alice, "lobby", new Ears()).say("at last"));
            }
        }
    }

    /** A policy that answers after the login timeout changes nothing. */
    @Test
    default void answersLaterThanTheApplicantWaits() {
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        AtomicReference<Applicant> asked = new AtomicReference<>();
        ChatPolicy slow = new ChatPolicy() {
            @Override
            public Answer login(Applicant applicant) {
                asked.set(applicant);
                return applicant.name().display().equals("alice") ? Answer.later(answer) : Decision.ALLOW;
            }
        };
        ChatFixture fixture = open();
        Cuttable way = new Cuttable(fixture.transport());
        try (Chat chat = Chat.open(fixture, builder -> builder.policy(slow))) {
            CompletableFuture<ChatClient> coming = chat.client("alice").connectAsync(way, chat.address());
            fixture.settle("asked", () -> asked.get() != null);
            way.cut();
            assertThat(fixture.refusal(coming)).isEqualTo(ChatException.NOT_CONNECTED);
            answer.complete(Decision.ALLOW);
            fixture.settle("gone", () -> chat.server().connections() == 0);
            fixture.settle("gone", () -> chat.server().hub().users().isEmpty());
        }
    }
}
