package io.parley.apps.server.options;

import io.parley.journal.jdbc.JdbcJournalOptions;

/** Where a server keeps rooms, history and sessions, and how much. Immutable, for any thread. */
public sealed interface DataSettings {
    /** How many entries of each room are kept in memory, unless the operator says otherwise. */
    int MEMORY_HISTORY = 10_000;

    /**
     * In memory: they end with the server.
     *
     * @param history how many entries of each room are kept
     */
    record Memory(int history) implements DataSettings {}

    /**
     * In a folder or a database.
     *
     * @param place where
     * @param options how much, and how safely
     */
    record Lasting(DataPlace place, JdbcJournalOptions options) implements DataSettings {}
}
