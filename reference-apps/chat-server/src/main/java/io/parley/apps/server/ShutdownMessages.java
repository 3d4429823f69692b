package io.parley.apps.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs the messages of a shutdown in order. The log may block if its output does; after a timeout the shutdown goes on
 * without it. One thread.
 */
final class ShutdownMessages {
    private final Consumer<String> output;
    private CompletableFuture<@Nullable Void> written = CompletableFuture.completedFuture(null); // all messages so far
    private long remainingNanos; // of the timeout

    /**
     * Makes the messages of one shutdown.
     *
     * @param timeout how long all messages together may block
     */
    ShutdownMessages(Consumer<String> output, Duration timeout) {
        this.output = output;
        this.remainingNanos = timeout.toNanos();
    }

    /** Logs a message after those before it, even if one of those failed. */
    void log(String text) {
        written =
                written.exceptionally(failed -> null).thenRunAsync(() -> output.accept(text), ShutdownMessages::start);
        long start = System.nanoTime();
        try {
            written.get(remainingNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            // It may still be written, after those before it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        remainingNanos -= System.nanoTime() - start;
    }

    private static void start(Runnable writing) {
        Thread thread = new Thread(writing, "parley-shutdown-log");
        thread.setDaemon(true);
        thread.start();
    }
}
