package io.parley.apps.client.screen;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a task on the callback thread every second. A tick is left out while one is waiting. Any thread may stop it. */
final class ScreenTicker {
    private final Executor callbacks;
    private final Runnable task;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(tick -> {
        Thread thread = new Thread(tick, "chat-tick");
        thread.setDaemon(true);
        return thread;
    });

    ScreenTicker(Executor callbacks, Runnable task) {
        this.callbacks = callbacks;
        this.task = task;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        if (waiting.compareAndSet(false, true)) {
            callbacks.execute(() -> {
                waiting.set(false);
                task.run();
            });
        }
    }

    void stop() {
        timer.shutdownNow();
    }
}
