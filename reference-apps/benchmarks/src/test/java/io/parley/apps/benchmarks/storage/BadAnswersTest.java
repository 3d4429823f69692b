package io.parley.apps.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.NotKeptException;
import io.parley.model.EntryPage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BadAnswersTest {
    private static final AppendResult KEPT = new AppendResult.Kept(1);
    private static final UUID ID = new UUID(1, 2);

    private record Timer(int millis, Runnable task) {}

    private final List<Timer> timers = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final BadAnswers answers =
            new BadAnswers(1, 1, (millis, task) -> timers.add(new Timer(millis, task)), told::add);
    private int calls;

    private CompletableFuture<AppendResult> meet(AnswerFault fault) {
        return answers.meet(fault, ID, this::real);
    }

    private CompletableFuture<AppendResult> real() {
        calls++;
        return CompletableFuture.completedFuture(KEPT);
    }

    private void assertUnknown(CompletableFuture<?> answer) {
        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.handle((value, error) -> error).join())
                .satisfiesAnyOf(
                        error -> assertThat(error)
                                .isNotInstanceOf(CompletionException.class)
                                .isNotInstanceOf(NotKeptException.class),
                        error -> assertThat(error.getCause()).isNotNull().isNotInstanceOf(NotKeptException.class));
    }

    @ParameterizedTest
    @CsvSource({"LOST, 1", "NOT_DONE, 0", "LATE_COMMIT, 0", "LATE_COMMIT_AFTER_ANOTHER, 0"})
    void aFailureSaysNothing(AnswerFault fault, int done) {
        assertUnknown(meet(fault));
        assertThat(calls).isEqualTo(done);
    }

    @ParameterizedTest
    @CsvSource({"LATE_3S, 3000", "LATE_12S, 12000"})
    void aLateAnswerIsRight(AnswerFault fault, int millis) {
        CompletableFuture<AppendResult> answer = meet(fault);
        assertThat(calls).isEqualTo(1);
        assertThat(answer).isNotDone();
        assertThat(timers).hasSize(1);
        assertThat(timers.get(0).millis()).isEqualTo(millis);
        timers.get(0).task().run();
        assertThat(answer).isCompletedWithValue(KEPT);
    }

    @Test
    void anAnswerThatNeverComesWasKept() {
        assertThat(meet(AnswerFault.NEVER)).isNotDone();
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void whatIsRepeatedFailsUntilTheLateCommit() {
        AppendRequest request = new AppendRequest("r", 0, ID, List.of(), null, List.of());
        assertUnknown(meet(AnswerFault.LATE_COMMIT));
        assertUnknown(answers.append(request, this::real));
        assertThat(calls).isZero();
        assertThat(timers).hasSize(1);
        assertThat(timers.get(0).millis()).isEqualTo(4_000);
        timers.get(0).task().run();
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void theLateCommitMayComeAfterAnother() {
        assertUnknown(meet(AnswerFault.LATE_COMMIT_AFTER_ANOTHER));
        timers.get(0).task().run();
        assertThat(calls).isEqualTo(1);
        assertThat(told).containsExactly("DONE late, found Kept");
    }

    @ParameterizedTest
    @EnumSource(Faults.Kind.class)
    void whatIsNoAppendIsDoneInAnyCase(Faults.Kind kind) {
        for (int i = 0; i < 10; i++) {
            answers.call(kind, () -> {
                calls++;
                return CompletableFuture.completedFuture(EntryPage.class);
            });
        }
        assertThat(calls).isEqualTo(10);
        assertThat(told).hasSize(kind == Faults.Kind.PUT ? 2 : 0);
    }
}
