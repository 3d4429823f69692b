package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.transport.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for the server on behalf of a caller. No state, for any thread. */
final class Waiting {
    private Waiting() {}

    /**
     * Waits for a future.
     *
     * @throws ChatException if it fails, or is not complete in time
     * @throws IllegalStateException inside a callback, which the future would wait for
     */
    static <T> T await(Scheduler scheduler, Callbacks callbacks, CompletableFuture<T> future, Duration atMost) {
        if (callbacks.isCurrent()) {
            throw new IllegalStateException("this would wait for itself: inside a callback use the Async method");
        }
        return await(scheduler, future, atMost);
    }

    /** The same for a future that no callback of the calling thread can be about. */
    static <T> T await(Scheduler scheduler, CompletableFuture<T> future, Duration atMost) {
        try {
            if (!scheduler.await(future, atMost)) {
                throw new ChatException(ErrorCode.TIMEOUT, "the server did not answer in time");
            }
            return future.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChatException(ChatException.NOT_CONNECTED, "interrupted while waiting");
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof ChatException why ? why.again() : failed;
        }
    }
}
