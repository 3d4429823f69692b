package io.parley.journal.jdbc;

import io.parley.transport.FatalErrors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work that takes long, one after the other on a thread that is there only while there is such work. Any thread may ask. */
final class Tasks {

    /** Something that takes long. */
    @FunctionalInterface
    interface Task<T> {
        @Nullable
        T run() throws Exception;
    }

    private final ThreadPoolExecutor thread;

    Tasks() {
        thread = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> Threads.daemon("tasks", task));
        thread.allowCoreThreadTimeOut(true);
    }

    <T> CompletableFuture<T> run(Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(task.run());
                } catch (Throwable failed) {
                    FatalErrors.handOver(failed);
                    result.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(new IllegalStateException("the journal is closed", closed));
        }
        return result;
    }

    void close() {
        thread.shutdown();
        Threads.await(thread);
    }
}
