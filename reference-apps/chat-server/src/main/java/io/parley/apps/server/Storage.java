package io.parley.apps.server;

import io.parley.apps.server.options.DataPlace;
import io.parley.apps.server.options.DataSettings;
import io.parley.apps.server.options.DataSettings.Lasting;
import io.parley.apps.server.options.DataSettings.Memory;
import io.parley.apps.server.options.ServerSettings.Rooms;
import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.journal.jdbc.Durability;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JournalFolder;
import io.parley.journal.jdbc.JournalOpenException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where a server keeps rooms and sessions: in a folder, in a database, or in memory. No state, for any thread. */
final class Storage {
    private static final int KEEP_ROOMS = 10_000; // in memory

    private Storage() {}

    /**
     * Opens the storage.
     *
     * @throws IOException if that cannot be done; the message says what to do
     */
    static Journal open(Rooms rooms) throws IOException {
        if (rooms.data() instanceof Memory memory) {
            return new MemoryJournal(memory.history(), MemoryJournal.defaultBytes(), KEEP_ROOMS);
        }
        Lasting lasting = (Lasting) rooms.data();
        try {
            if (lasting.place() instanceof DataPlace.Database database) {
                String password = String.valueOf(database.password().reveal());
                return JdbcJournal.exclusivePostgres(database.url(), database.user(), password, lasting.options());
            }
            return JdbcJournal.sqlite(((DataPlace.Folder) lasting.place()).path(), lasting.options());
        } catch (JournalOpenException no) {
            throw new IOException("--data: " + no.getMessage(), no);
        }
    }

    /**
     * Tells when another server has taken over what was opened.
     *
     * @return completes then, on a thread that must not be blocked; else never
     */
    static CompletableFuture<@Nullable Void> takenOver(Journal opened) {
        return opened instanceof JdbcJournal lasting ? lasting.takenOver() : new CompletableFuture<>();
    }

    /**
     * Looks whether the storage can be opened; opens and writes nothing. A database is not asked.
     *
     * @return messages for the operator
     * @throws IOException if it cannot; the message says what to do
     */
    static List<String> check(Rooms rooms) throws IOException {
        if (!(rooms.data() instanceof Lasting lasting)) {
            return List.of();
        }
        if (lasting.place() instanceof DataPlace.Database database) {
            database.password().reveal();
            return List.of("the database " + database + " was not asked");
        }
        try {
            boolean used = JournalFolder.look(((DataPlace.Folder) lasting.place()).path());
            return used ? List.of("a server uses the folder " + lasting.place() + " at the moment") : List.of();
        } catch (JournalOpenException no) {
            throw new IOException("--data: " + no.getMessage(), no);
        }
    }

    /** Where what is said is kept, in a line for the operator. */
    static String describe(DataSettings data) {
        if (!(data instanceof Lasting lasting)) {
            return "Rooms, history and sessions are in memory and end with the server (--memory).";
        }
        String where = lasting.place() instanceof DataPlace.Folder ? "the folder " : "the database ";
        return "Rooms, history and sessions are kept in " + where + lasting.place() + "."
                + (lasting.options().durability() == Durability.RELAXED
                        ? " A loss of power may lose the last seconds of acknowledged messages (--durability relaxed)."
                        : "");
    }
}
