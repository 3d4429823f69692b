package io.parley.apps.benchmarks.storage;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Says that appends are kept, and keeps none of them: a fault that must be found. Any thread. */
final class Lie implements Faults {
    private final AtomicInteger left;

    /**
     * Makes it.
     *
     * @param call the first append that is not kept, from 1
     */
    Lie(int call) {
        left = new AtomicInteger(call);
    }

    @Override
    public <T> CompletableFuture<T> call(Kind kind, Supplier<CompletableFuture<T>> real) {
        return real.get();
    }

    @Override
    public CompletableFuture<AppendResult> append(
            AppendRequest request, Supplier<CompletableFuture<AppendResult>> real) {
        return left.decrementAndGet() > 0 ? real.get() : CompletableFuture.completedFuture(new AppendResult.Kept(1));
    }
}
