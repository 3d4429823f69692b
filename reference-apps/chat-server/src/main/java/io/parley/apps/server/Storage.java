package io.parley.apps.server;

import io.parley.apps.server.options.ServerSettings.Rooms;
import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JdbcJournalOptions;
import io.parley.journal.jdbc.JournalOpenException;
import java.io.IOException;
import java.nio.file.Path;

/** Where a server keeps rooms and sessions: in a folder, or in memory. No state, for any thread. */
final class Storage {
    private static final int KEEP_ROOMS = 10_000; // in memory

    private Storage() {}

    /**
     * Opens the storage.
     *
     * @throws IOException if that cannot be done; the message says what to do
     */
    static Journal open(Rooms rooms) throws IOException {
        Path folder = rooms.data();
        if (folder == null) {
            return new MemoryJournal(rooms.history(), MemoryJournal.defaultBytes(), KEEP_ROOMS);
        }
        try {
            return JdbcJournal.sqlite(folder, JdbcJournalOptions.DEFAULT.withKeepEntries(rooms.history()));
        } catch (JournalOpenException no) {
            throw new IOException("--data: " + no.getMessage(), no);
        }
    }
}
