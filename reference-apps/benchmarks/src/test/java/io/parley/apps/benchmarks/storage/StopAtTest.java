package io.parley.apps.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StopAtTest {
    private final List<String> told = new ArrayList<>();
    private final CompletableFuture<String> real = new CompletableFuture<>();
    private int calls;

    private CompletableFuture<String> call(StopAt faults, Faults.Kind kind) {
        return faults.call(kind, () -> {
            calls++;
            return real;
        });
    }

    @Test
    void otherCallsAreMade() {
        StopAt faults = new StopAt(Point.BEFORE_APPEND, 2, told::add);
        real.complete("kept");
        assertThat(call(faults, Faults.Kind.APPEND)).isCompletedWithValue("kept");
        assertThat(call(faults, Faults.Kind.PUT)).isCompletedWithValue("kept");
        assertThat(told).isEmpty();
        assertThat(call(faults, Faults.Kind.APPEND)).isNotDone();
        assertThat(told).containsExactly("AT before-append");
        assertThat(call(faults, Faults.Kind.APPEND)).isCompletedWithValue("kept");
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void afterTheCommitTheServerHearsNothing() {
        StopAt faults = new StopAt(Point.AFTER_COMMIT_BEFORE_ACK, 1, told::add);
        CompletableFuture<String> answer = call(faults, Faults.Kind.APPEND);
        assertThat(calls).isEqualTo(1);
        assertThat(told).isEmpty();
        real.complete("kept");
        assertThat(told).containsExactly("AT after-commit-before-ack");
        assertThat(answer).isNotDone();
    }

    @Test
    void duringAnAppendItGoesOn() {
        StopAt faults = new StopAt(Point.DURING_APPEND, 1, told::add);
        CompletableFuture<String> answer = call(faults, Faults.Kind.APPEND);
        assertThat(told).containsExactly("AT during-append");
        real.complete("kept");
        assertThat(answer).isCompletedWithValue("kept");
        assertThat(told).containsExactly("AT during-append", "DONE kept");
    }

    @Test
    void eachKindHasItsPoints() {
        call(new StopAt(Point.BEFORE_SESSION_PUT, 1, told::add), Faults.Kind.PUT);
        call(new StopAt(Point.DURING_RESTART, 1, told::add), Faults.Kind.OPEN);
        assertThat(calls).isZero();
        call(new StopAt(Point.AFTER_SESSION_PUT, 1, told::add), Faults.Kind.PUT);
        real.complete("kept");
        assertThat(told).containsExactly("AT before-session-put", "AT during-restart", "AT after-session-put");
    }
}
