package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.model.EntryPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal that is only read: also while a server uses it, in this process or in another one on the same machine. All methods but
 * {@link #backup} see what was kept at the moment of opening. One thread; its methods block.
 *
 * <p>The server goes on writing. In SQLite its log grows by what it writes meanwhile, so close a reader soon.
 */
public final class JournalReader implements AutoCloseable {
    private final Store store;
    private final Link link;
    private final byte[] secret;

    private JournalReader(Store store, Link link) throws SQLException {
        this.store = store;
        this.link = link;
        store.dialect().beginReading(link);
        this.secret = meta(MetaTable.SECRET);
        store.history(ByteBuffer.wrap(meta(MetaTable.HISTORY)).getLong());
    }

    private byte[] meta(String name) throws SQLException {
        byte[] content = store.meta().get(link, name);
        if (content == null) {
            throw new DamagedException(
                    store.dialect().place() + ", table meta, " + name + " is missing. Restore a backup.");
        }
        return content;
    }

    /**
     * Opens the journal of a folder.
     *
     * @param folder the folder
     * @return the reader, to be closed
     * @throws JournalOpenException if that is not possible
     */
    public static JournalReader sqlite(Path folder) {
        if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
            throw new JournalOpenException(
                    folder.toString(),
                    "this user has no permission for the folder",
                    "Do this as the user of the server.",
                    null);
        }
        if (!Files.isRegularFile(Folders.database(folder))) {
            throw new JournalOpenException(
                    folder.toString(), "there is no journal in this folder", "Check its name.", null);
        }
        try {
            Sqlite database = Sqlite.reading(folder, FolderLock.ofIdle(Folders.lock(folder)));
            try {
                return sqlite(database);
            } finally {
                database.unlock(); // the log was looked at, and is open
            }
        } catch (IOException failed) {
            throw Folders.unusable(folder, failed);
        }
    }

    static JournalReader sqlite(Sqlite database) {
        Store store = new Store(database);
        try {
            Link link = database.reader();
            try {
                SqliteChecks.check(database.place(), link);
                Schema.checkThere(database.place(), database.schemaVersion(link));
                return new JournalReader(store, link);
            } catch (SQLException | RuntimeException failed) {
                link.discard();
                throw failed;
            }
        } catch (SQLException failed) {
            throw SqliteChecks.cannotRead(database, failed);
        } catch (DamagedException damaged) {
            throw SqliteChecks.damaged(database.place(), damaged);
        }
    }

    /**
     * Opens the journal of a PostgreSQL database.
     *
     * @param url the address, {@code jdbc:postgresql://host/database}
     * @param user who may read the tables
     * @param password the password of that user
     * @return the reader, to be closed
     * @throws JournalOpenException if that is not possible
     */
    public static JournalReader postgres(String url, String user, String password) {
        Postgres database = new Postgres(url, user, password);
        try {
            Link link = database.reader();
            try {
                Schema.checkThere(database.place(), database.versionThere(link));
                return new JournalReader(new Store(database), link);
            } catch (SQLException | RuntimeException failed) {
                link.discard();
                throw failed;
            }
        } catch (SQLException failed) {
            throw database.cannotOpen(failed, "may read the tables of the schema parley");
        } catch (DamagedException damaged) {
            throw SqliteChecks.damaged(database.place(), damaged);
        }
    }

    /**
     * Writes all that is kept at this moment to a new file, for {@link JournalFolder#restore}. Only this user can read it. It is complete and
     * synced before it has its name.
     *
     * @param file where to write; in a folder that is there
     * @throws IOException if the file is there already, or cannot be written
     * @throws SQLException if the database cannot be read
     * @throws UnsupportedOperationException in PostgreSQL, with what to use there
     */
    public void backup(Path file) throws IOException, SQLException {
        store.dialect().backup(store, file);
    }

    /**
     * Reads every row and verifies it.
     *
     * @return what was found
     * @throws SQLException if the database cannot be read
     */
    public CheckReport check() throws SQLException {
        return new Check(store, link).run();
    }

    /**
     * The journal's {@linkplain Journal#secret secret}.
     *
     * @return a copy
     */
    public byte[] secret() {
        return secret.clone();
    }

    /**
     * Lists rooms, as {@link Journal#rooms}.
     *
     * @param after the key behind which the list begins; empty for all
     * @param limit how many at most
     * @return keys, in their order
     * @throws SQLException if the database cannot be read
     */
    public List<String> rooms(String after, int limit) throws SQLException {
        return store.rooms().keys(link, after, limit);
    }

    /**
     * What is known of a room.
     *
     * @param key the room's key
     * @return the room, or null if there is none
     * @throws SQLException if the database cannot be read
     * @throws DamagedException if the room is damaged
     */
    public @Nullable KeptRoom room(String key) throws SQLException {
        RoomRow row = store.rooms().find(link, key);
        return row == null ? null : row.opened(store.history(), store.rooms().state(link, row));
    }

    /**
     * Reads entries of a room, the oldest first.
     *
     * @param key the room's key
     * @param after the number behind which to begin; 0 for all
     * @param limit how many at most
     * @return the page
     * @throws SQLException if the database cannot be read
     * @throws DamagedException if one of them is damaged or missing
     */
    public EntryPage read(String key, long after, int limit) throws SQLException {
        RoomRow row = store.rooms().find(link, key);
        return row == null
                ? new EntryPage(List.of(), 1, 0, false)
                : store.entries().page(link, row, after, Journal.NONE, limit, Integer.MAX_VALUE);
    }

    /**
     * Reads values of all kinds, in the order of kinds and keys.
     *
     * @param kind the kind of the value behind which to begin; empty for all
     * @param key its key
     * @param limit how many at most
     * @return the values
     * @throws SQLException if the database cannot be read
     * @throws DamagedException if one of them is damaged
     */
    public List<KeyValue> values(String kind, String key, int limit) throws SQLException {
        return store.values().all(link, kind, key, limit);
    }

    @Override
    public void close() {
        link.discard();
    }
}
