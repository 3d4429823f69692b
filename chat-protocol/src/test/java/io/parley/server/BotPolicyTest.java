package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Message;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A bot obeys the policy as any user does. */
class BotPolicyTest {
    /** Denies "no", replaces "rude", and answers "late" when the test does. */
    private static final class Strict implements ChatPolicy {
        final List<CompletableFuture<Decision>> late = new ArrayList<>();
        final List<Applicant> applicants = new ArrayList<>();

        @Override
        public Answer login(Applicant applicant) {
            applicants.add(applicant);
            return applicant.name().display().equals("spy") ? Decision.deny("no spies") : Decision.ALLOW;
        }

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            return switch (body) {
                case "no" -> Decision.deny("not that");
                case "rude" -> Decision.replace("****", Tags.NONE);
                case "late" -> answerLater();
                default -> Decision.ALLOW;
            };
        }

        @Override
        public Answer join(UserRef user, NamePolicy.Name room) {
            return room.display().equals("slow") ? answerLater() : Decision.ALLOW;
        }

        @Override
        public Answer create(UserRef user, NamePolicy.Name room) {
            return Decision.deny("bots make no rooms");
        }

        private Answer answerLater() {
            CompletableFuture<Decision> decision = new CompletableFuture<>();
            late.add(decision);
            return Answer.later(decision);
        }
    }

    private final Strict policy = new Strict();
    private final Script script = new Script(builder -> builder.policy(policy));
    private final BotEars ears = new BotEars();
    private final Peer<ServerFrame> alice;
    private final Bot bot;
    private final BotRoom lobby;

    BotPolicyTest() {
        script.room("lobby");
        script.room("slow");
        alice = script.guest("alice");
        script.join(alice, "lobby");
        bot = get(script.server.bot("echo", ears));
        lobby = get(bot.join("lobby"));
    }

    private <T> T get(CompletableFuture<T> future) {
        script.network.run();
        assertThat(future).isDone();
        return future.join();
    }

    private Reason refusal(CompletableFuture<?> future) {
        script.network.run();
        assertThat(future).isCompletedExceptionally();
        RoomException[] why = new RoomException[1];
        future.whenComplete((value, error) ->
                why[0] = (RoomException) (error instanceof CompletionException ? error.getCause() : error));
        return why[0].reason();
    }

    private List<String> said() {
        return script.run(alice).stream()
                .filter(Message.class::isInstance)
                .map(frame -> ((Message) frame).body())
                .toList();
    }

    @Test
    void theLoginIsAsked() {
        Applicant asked = policy.applicants.get(policy.applicants.size() - 1);
        assertThat(asked.gateway()).isEqualTo("bot");
        assertThat(asked.address()).isNull();
        assertThat(asked.isGuest()).isTrue();
        assertThat(refusal(script.server.bot("spy", ears))).isEqualTo(Reason.AUTH_FAILED);
    }

    @Test
    void isDeniedAndReplaced() {
        assertThat(refusal(lobby.say("no"))).isEqualTo(Reason.FORBIDDEN);
        assertThat(get(lobby.say("rude"))).isEqualTo(1);
        assertThat(said()).containsExactly("****");
        assertThat(refusal(bot.join("new"))).isEqualTo(Reason.FORBIDDEN);
        assertThat(ears.take()).as("what it said itself, replaced").isEmpty();
    }

    @Test
    void aLateAnswerKeepsTheOrder() {
        CompletableFuture<Long> one = lobby.say("one");
        CompletableFuture<Long> late = lobby.say("late");
        CompletableFuture<Long> denied = lobby.say("no");
        CompletableFuture<Long> two = lobby.say("two");
        CompletableFuture<String> named = bot.rename("oche");
        CompletableFuture<Long> three = lobby.say("three");
        assertThat(said()).containsExactly("one");
        assertThat(one).isCompletedWithValue(1L);
        assertThat(late).isNotDone();
        assertThat(named).isNotDone();
        policy.late.get(0).complete(Decision.ALLOW);
        assertThat(said()).containsExactly("late", "two", "three");
        assertThat(late).isCompletedWithValue(2L);
        assertThat(refusal(denied)).isEqualTo(Reason.FORBIDDEN);
        assertThat(two).isCompletedWithValue(3L);
        assertThat(three).isCompletedWithValue(4L);
        assertThat(named).isCompletedWithValue("oche");
    }

    @Test
    void itHearsWhileThePolicyThinks() {
        lobby.say("late");
        Peer<ServerFrame> carol = script.guest("carol");
        int room = script.join(carol, "lobby").snapshot().room();
        carol.send(say(room, 1, "hello"));
        script.network.run();
        assertThat(ears.take()).containsExactly("lobby carol: hello");
    }

    @Test
    void aPolicyThatNeverAnswersDenies() {
        CompletableFuture<BotRoom> slow = bot.join("slow");
        CompletableFuture<Long> behind = lobby.say("behind");
        script.network.run();
        assertThat(behind).isNotDone();
        script.network.advance(Duration.ofSeconds(11));
        assertThat(refusal(slow)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(behind).isCompletedWithValue(1L);
    }

    @Test
    void aCloseWaitsForWhatWasSaidBefore() {
        CompletableFuture<Long> late = lobby.say("late");
        bot.close();
        script.network.run();
        assertThat(script.server.hub().userCount()).isEqualTo(2);
        policy.late.get(0).complete(Decision.ALLOW);
        assertThat(said()).containsExactly("late");
        assertThat(late).isCompletedWithValue(1L);
        assertThat(script.server.hub().userCount()).isEqualTo(1);
    }

    @Test
    void aRemovalDoesNot() {
        CompletableFuture<BotRoom> slow = bot.join("slow");
        CompletableFuture<Long> behind = lobby.say("behind");
        script.network.run();
        assertThat(script.server.remove("echo", "enough")).isTrue();
        assertThat(script.server.hub().userCount()).isEqualTo(1);
        assertThat(refusal(behind)).isEqualTo(Reason.UNAVAILABLE);
        policy.late.get(0).complete(Decision.ALLOW);
        script.network.run();
        assertThat(refusal(slow)).isEqualTo(Reason.UNAVAILABLE);
        assertThat(bot.rooms()).isEmpty();
        script.network.advance(Duration.ofSeconds(1));
        assertThat(script.server.hub().rooms())
                .allMatch(room -> room.members("", 10).stream()
                        .noneMatch(member -> member.name().equals("echo")));
    }

    @Test
    void theShutdownDoesNotEither() {
        CompletableFuture<BotRoom> slow = bot.join("slow");
        alice.close();
        script.network.run();
        CompletableFuture<?> closed = script.server.shutdown(Duration.ofSeconds(1));
        script.network.run();
        assertThat(closed).isDone();
        assertThat(refusal(slow)).isEqualTo(Reason.UNAVAILABLE);
    }
}
