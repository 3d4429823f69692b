package io.parley.apps.client.command;

import io.parley.client.ChatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Waits for the results of requests. Any thread but the callback thread may call it. */
public final class Results {
    private Results() {}

    /**
     * Waits for a result.
     *
     * @throws ChatException if the request failed
     */
    public static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ChatException why) {
                throw why;
            }
            throw failed;
        }
    }
}
