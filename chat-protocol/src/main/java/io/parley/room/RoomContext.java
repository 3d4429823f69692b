package io.parley.room;

import io.parley.journal.Journal;
import io.parley.log.WindowBudget;
import io.parley.model.NamePolicy;
import io.parley.policy.ChatPolicy;
import java.util.Set;
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
        Set<Questions> waiting) {

    /** Whether the policy allows everything and is not asked. */
    @SuppressWarnings("ReferenceEquality") // there is one open policy
    boolean isOpen() {
        return policy == ChatPolicy.OPEN;
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return epochMillis.getAsLong();
    }
}
