package io.parley.room;

import io.parley.journal.Journal;
import io.parley.log.WindowBudget;
import io.parley.model.NamePolicy;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.policy.ChatPolicy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What all rooms of a hub share. Immutable, for any thread.
 *
 * @param journal where entries are kept
 * @param options the bounds
 * @param names which names there may be
 * @param listener told of what happens
 * @param nanoTime monotonic time in nanoseconds
 * @param epochMillis wall time in milliseconds since 1970
 * @param budget the memory that encoded entries may take
 * @param users who is here
 * @param policy who may do what
 * @param executor where is done what waited for the policy
 * @param waiting what waits for the policy now; a concurrent set
 */
record RoomContext(
        Journal journal,
        HubOptions options,
        NamePolicy names,
        HubListener listener,
        LongSupplier nanoTime,
        LongSupplier epochMillis,
        WindowBudget budget,
        Users users,
        ChatPolicy policy,
        Executor executor,
        Set<Waiting> waiting) {

    /** What waits for the policy. */
    interface Waiting {
        /** Decides what the policy did not in time. The ticker. */
        void expire(long now);
    }

    /** Whether the policy allows everything and is not asked. */
    @SuppressWarnings("ReferenceEquality") // there is one open policy
    boolean isOpen() {
        return policy == ChatPolicy.OPEN;
    }

    /** With a new budget, as the options say. */
    RoomContext(
            Journal journal,
            HubOptions options,
            NamePolicy names,
            HubListener listener,
            LongSupplier nanoTime,
            LongSupplier epochMillis,
            Users users,
            ChatPolicy policy,
            Executor executor) {
        this(
                journal,
                options,
                names,
                listener,
                nanoTime,
                epochMillis,
                new WindowBudget(options.maxWindowBytes()),
                users,
                policy,
                executor,
                ConcurrentHashMap.newKeySet());
    }

    /** The same outcome, told on the executor: what waits for it must not run while a room waits. */
    <T> CompletableFuture<T> told(CompletableFuture<T> outcome) {
        if (outcome.isDone()) {
            return outcome; // nothing waits for it yet
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        outcome.whenComplete((value, error) -> executor.execute(() -> {
            if (error == null) {
                done.complete(value);
            } else {
                done.completeExceptionally(cause(error));
            }
        }));
        return done;
    }

    /** What went wrong, without what futures put around it. */
    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return epochMillis.getAsLong();
    }

    /**
     * Which room is meant, and where it is kept. Immutable, for any thread.
     *
     * @param key its name in the journal
     * @param ref its number, kind and name
     * @param pair the two users of a direct conversation; empty for any other room
     */
    record Place(String key, RoomRef ref, List<User> pair) {

        RoomKind kind() {
            return ref.kind();
        }

        /** The name as one user sees it: of a direct conversation the other's. */
        String nameFor(User viewer) {
            return kind() == RoomKind.DIRECT
                    ? pair.get(pair.get(0) == viewer ? 1 : 0).name()
                    : ref.name();
        }

        /** The name as it was first given: of a direct conversation both names. */
        String name() {
            return kind() == RoomKind.DIRECT
                    ? pair.get(0).name() + " and " + pair.get(1).name()
                    : ref.name();
        }
    }
}
