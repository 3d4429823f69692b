package io.parley.policy;

import static io.parley.policy.Asked.ANN;
import static io.parley.policy.Asked.LOBBY;
import static io.parley.policy.Asked.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.Tags;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BlockingTest {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    private void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void isAskedOnTheExecutor() {
        Asked asked = Asked.with((text, tags) -> Decision.replace(text + "!", tags));
        ChatPolicy blocking = ChatPolicy.blocking(asked, tasks::add);
        CompletableFuture<Decision> first = say(blocking, "1");
        CompletableFuture<Decision> second = say(blocking, "2");
        assertThat(asked.questions).isEmpty();
        run();
        assertThat(asked.questions).containsExactly("1", "2");
        assertThat(first).isCompletedWithValue(Decision.replace("1!", Tags.NONE));
        assertThat(second).isCompletedWithValue(Decision.replace("2!", Tags.NONE));
    }

    @Test
    void aPasswordIsChangedThere() {
        Answer answer = ChatPolicy.blocking(ChatPolicy.OPEN, tasks::add).password(Asked.ANN, "a", "b");
        assertThat(Asked.decided(answer)).isNotDone();
        run();
        assertThat(Asked.decided(answer)).isCompletedWithValue(ChatPolicy.NO_PASSWORDS);
    }

    @Test
    void everyQuestionIsAskedThere() {
        ChatPolicy blocking = ChatPolicy.blocking(ChatPolicy.OPEN, tasks::add);
        int before = tasks.size();
        List<Answer> answers = EachQuestion.ask(blocking);
        assertThat(tasks).hasSize(before + answers.size());
        run();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(Asked.decided(answer)).isCompletedWithValue(Decision.ALLOW));
    }

    @Test
    void aFullExecutorDenies() {
        ChatPolicy blocking = ChatPolicy.blocking(ChatPolicy.OPEN, task -> {
            throw new RejectedExecutionException();
        });
        assertThatThrownBy(() -> blocking.say(ANN, LOBBY, "x", Tags.NONE))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // a policy may be broken
    void whatThrowsDenies() {
        CompletableFuture<Decision> thrown = say(
                ChatPolicy.blocking(
                        Asked.with(() -> {
                            throw new IllegalStateException("no opinion");
                        }),
                        tasks::add),
                "x");
        CompletableFuture<Decision> nothing = say(ChatPolicy.blocking(Asked.always(null), tasks::add), "x");
        run();
        assertThat(thrown).isCompletedExceptionally();
        assertThat(nothing).isCompletedWithValue(null); // which denies
    }

    @Test
    void anAnswerMayComeLaterStill() {
        CompletableFuture<Decision> late = new CompletableFuture<>();
        CompletableFuture<Decision> decision =
                say(ChatPolicy.blocking(Asked.always(Answer.later(late)), tasks::add), "x");
        run();
        assertThat(decision).isNotDone();
        late.complete(Decision.ALLOW);
        assertThat(decision).isCompletedWithValue(Decision.ALLOW);
    }
}
