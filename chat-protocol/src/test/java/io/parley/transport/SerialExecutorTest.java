package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks one after another, also when there is no thread for them for a while. */
class SerialExecutorTest {
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private final List<Integer> ran = new ArrayList<>();
    private final SerialExecutor executor = new SerialExecutor(this::give);
    private boolean exhausted;

    private void give(Runnable turn) {
        if (exhausted) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        turns.add(turn);
    }

    private void run() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    private void execute(int number) {
        executor.execute(() -> ran.add(number));
    }

    @Test
    void aTaskForWhichThereIsNoThreadIsTakenBack() {
        exhausted = true;
        assertThatThrownBy(() -> execute(1)).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> execute(2)).isInstanceOf(OutOfMemoryError.class);
        assertThat(executor.backlog()).isZero();
        exhausted = false;
        execute(3);
        run();
        assertThat(ran).containsExactly(3);
        execute(4);
        run();
        assertThat(ran).containsExactly(3, 4);
    }

    @Test
    void whoCannotHandOnGoesOn() {
        int many = 1_000; // more than one turn's
        executor.execute(() -> exhausted = true);
        IntStream.range(0, many).forEach(this::execute);
        List<Boolean> current = new ArrayList<>();
        executor.execute(() -> current.add(executor.isCurrent()));
        run();
        assertThat(ran).hasSize(many).isSorted();
        assertThat(current).containsExactly(true);
        assertThat(executor.isCurrent()).isFalse();
        exhausted = false;
        execute(many);
        run();
        assertThat(ran).hasSize(many + 1);
    }
}
