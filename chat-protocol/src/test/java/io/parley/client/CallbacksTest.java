package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.Scheduler;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** The way to the application, and that reading is never left paused. */
class CallbacksTest {
    private static final Scheduler SCHEDULER = Scheduler.system();

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private volatile boolean paused;

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void pausesOverTheBoundAndResumesAtHalf() {
        Callbacks callbacks = new Callbacks(tasks::add, SCHEDULER, () -> paused = true, () -> paused = false);
        StringBuilder pausedAt = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            callbacks.tell(100_000, () -> pausedAt.append(paused ? 'p' : '.'));
        }
        assertThat(paused).isTrue();
        runAll();
        assertThat(pausedAt.toString()).startsWith("pppp").endsWith("....");
        assertThat(paused).isFalse();
    }

    /** The application catches up while the reader is about to pause; in whatever order the two get there. */
    @Test
    void isNotLeftPausedWhenTheApplicationCatchesUpMeanwhile() throws InterruptedException {
        Thread application = new Thread(this::runAll);
        Callbacks callbacks = new Callbacks(
                tasks::add,
                SCHEDULER,
                () -> {
                    application.start();
                    while (application.getState() != Thread.State.TERMINATED
                            && application.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    paused = true;
                },
                () -> paused = false);
        callbacks.tell(1 << 20, () -> {});
        callbacks.tell(100, () -> {});
        application.join();
        runAll();
        assertThat(paused).isFalse();
    }
}
