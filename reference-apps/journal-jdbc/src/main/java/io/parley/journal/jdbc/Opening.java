package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How a journal is opened: all that happens before its threads start. Used by one thread.
 *
 * @param store the tables
 * @param link the connection that will write
 * @param secret the secret of the database
 * @param answers the thread of answers
 * @param sweep what deletes forgotten rooms
 * @param retention what deletes what is over a bound
 * @param space what is done while the disk is full
 * @param indexing what is added to the index
 * @param clocks the clocks
 */
record Opening(
        Store store,
        Link link,
        byte[] secret,
        ExecutorService answers,
        Sweep sweep,
        Retention retention,
        Space space,
        Indexing indexing,
        Clocks clocks) {
    private static final int SECRET_BYTES = 32;

    static JdbcJournal sqlite(Path folder, JdbcJournalOptions options, Clocks clocks) {
        Sqlite database = Sqlite.in(folder, options.durability());
        Space space = new Space(database.reserve(), Space.RESERVE_BYTES, clocks.nanoTime());
        return sqlite(database, database, options, space, clocks);
    }

    /** The dialect is the database, or stands in front of it in tests. */
    static JdbcJournal sqlite(
            Sqlite database, Dialect dialect, JdbcJournalOptions options, Space space, Clocks clocks) {
        Store store = new Store(dialect);
        try {
            Link link = database.writer();
            try {
                SqliteChecks.check(database.place(), link);
                database.begin(link);
                Schema.prepare(database, link);
                database.own(link, store);
                byte[] secret = begin(store, link, options, database.marks());
                database.commit(link);
                database.owns(link);
                return opened(store, link, secret, options, space, clocks);
            } catch (IOException | SQLException | RuntimeException failed) {
                link.discard();
                throw failed;
            }
        } catch (SQLException failed) {
            database.close(false);
            throw SqliteChecks.cannotOpen(database, failed);
        } catch (IOException failed) {
            database.close(false);
            throw new JournalOpenException(
                    database.place(), String.valueOf(failed), "Check that the server may write to the folder.", failed);
        } catch (DamagedException damaged) {
            database.close(false);
            throw SqliteChecks.damaged(database.place(), damaged);
        } catch (RuntimeException failed) {
            database.close(false);
            throw failed;
        }
    }

    static JdbcJournal postgres(Postgres database, JdbcJournalOptions options, Clocks clocks) {
        if (options.durability() != Durability.FULL) {
            throw new IllegalArgumentException("not possible in PostgreSQL: " + options.durability());
        }
        Store store = new Store(database);
        try {
            database.take();
            Link link = database.writer();
            try {
                database.begin(link);
                Schema.prepare(database, link);
                database.own(link, store);
                byte[] secret = begin(store, link, options, new Place.Of(PostgresSession.place(link)));
                database.commit(link);
                return opened(store, link, secret, options, new Space(null, 0, clocks.nanoTime()), clocks);
            } catch (SQLException | RuntimeException failed) {
                link.discard();
                throw failed;
            }
        } catch (SQLException failed) {
            database.close(false);
            throw database.cannotOpen(failed, "may create a schema");
        } catch (DamagedException damaged) {
            database.close(false);
            throw SqliteChecks.damaged(database.place(), damaged);
        } catch (RuntimeException failed) {
            database.close(false);
            throw failed;
        }
    }

    /** Makes what a database has once, gives it a new history if that is needed, and notes that it is in use. */
    private static byte[] begin(Store store, Link link, JdbcJournalOptions options, Place place) throws SQLException {
        MetaTable meta = store.meta();
        byte[] secret = meta.get(link, MetaTable.SECRET);
        if (secret == null) {
            secret = random(SECRET_BYTES);
            meta.put(link, MetaTable.SECRET, secret);
        }
        byte[] relaxed = Durability.RELAXED.name().getBytes(StandardCharsets.UTF_8);
        boolean lost = Arrays.equals(meta.get(link, MetaTable.RUNNING), relaxed); // what was acknowledged, maybe
        byte[] history = meta.get(link, MetaTable.HISTORY);
        if (history == null || lost || !place.isWhere(meta.get(link, MetaTable.PLACE))) {
            history = random(Long.BYTES);
            meta.put(link, MetaTable.HISTORY, history);
        }
        store.history(ByteBuffer.wrap(history).getLong());
        meta.put(link, MetaTable.PLACE, place.next());
        meta.remove(link, MetaTable.BACKUP);
        meta.put(link, MetaTable.RUNNING, options.durability().name().getBytes(StandardCharsets.UTF_8));
        return secret;
    }

    private static JdbcJournal opened(
            Store store, Link link, byte[] secret, JdbcJournalOptions options, Space space, Clocks clocks)
            throws SQLException {
        Retention retention = new Retention(options, clocks.millis());
        retention.start(store, link);
        ExecutorService answers = Executors.newSingleThreadExecutor(task -> Threads.daemon("answers", task));
        Indexing indexing = new Indexing(space, clocks.nanoTime());
        return new JdbcJournal(
                new Opening(store, link, secret, answers, new Sweep(answers), retention, space, indexing, clocks));
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
