package io.parley.room;

import io.parley.journal.Journal;
import io.parley.log.WindowBudget;
import io.parley.model.NamePolicy;
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
 */
record RoomContext(
        Journal journal,
        HubOptions options,
        NamePolicy names,
        HubListener listener,
        LongSupplier nanoTime,
        LongSupplier epochMillis,
        WindowBudget budget,
        Users users) {

    long nanos() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return epochMillis.getAsLong();
    }
}
