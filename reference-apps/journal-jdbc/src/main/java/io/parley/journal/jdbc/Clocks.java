package io.parley.journal.jdbc;

import java.util.function.LongSupplier;

/**
 * The clocks that a journal looks at. Immutable, for any thread.
 *
 * @param nanoTime for waiting, in nanoseconds from anywhere
 * @param millis for the age of entries, in milliseconds since 1970
 */
record Clocks(LongSupplier nanoTime, LongSupplier millis) {
    static final Clocks SYSTEM = new Clocks(System::nanoTime, System::currentTimeMillis);
}
