package io.parley.apps.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of its end, line by line. Where the output takes nothing, it is not waited for any longer after a
 * while: the end must come. One thread.
 */
final class LastWords {
    private final Consumer<String> output;
    private CompletableFuture<@Nullable Void> said = CompletableFuture.completedFuture(null); // all lines so far
    private long patienceNanos; // what is left of it

    /**
     * Has nothing to say yet.
     *
     * @param patience for all lines together
     */
    LastWords(Consumer<String> output, Duration patience) {
        this.output = output;
        this.patienceNanos = patience.toNanos();
    }

    /** Says one more line, behind those before it; one that fails takes no other with it. */
    void say(String text) {
        said = said.exceptionally(failed -> null).thenRunAsync(() -> output.accept(text), LastWords::start);
        long start = System.nanoTime();
        try {
            said.get(patienceNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException unsaid) {
            // It may still come, behind those before it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        patienceNanos -= System.nanoTime() - start;
    }

    private static void start(Runnable saying) {
        Thread thread = new Thread(saying, "parley-last-words");
        thread.setDaemon(true);
        thread.start();
    }
}
