package io.parley.apps.benchmarks.storage;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What happens to the calls of a journal. Any thread. */
interface Faults {
    /** Nothing happens. */
    Faults NONE = new Faults() {
        @Override
        public <T> CompletableFuture<T> call(Kind kind, Supplier<CompletableFuture<T>> real) {
            return real.get();
        }
    };

    /** A kind of calls. */
    enum Kind {
        APPEND,
        PUT,
        OPEN,
        READ
    }

    /**
     * Makes a call, or does not.
     *
     * @param kind its kind
     * @param real makes the call, each time that it is run
     * @return what the server is told
     */
    <T> CompletableFuture<T> call(Kind kind, Supplier<CompletableFuture<T>> real);

    /** The same for an append. */
    default CompletableFuture<AppendResult> append(
            AppendRequest request, Supplier<CompletableFuture<AppendResult>> real) {
        return call(Kind.APPEND, real);
    }
}
