package io.parley.journal.jdbc;

import io.parley.transport.FatalErrors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a PostgreSQL database for one process. An advisory lock, held by a connection of its own, tells others that it is in use. That
 * connection can be lost while the process lives, and then another one may take over. So there is an owner row, too, which each
 * transaction that writes reads and holds until its commit: whoever was replaced writes nothing more.
 *
 * <p>A thread looks after the connection, and locks again over a new one.
 */
final class PostgresOwner {
    private static final System.Logger LOG = System.getLogger(PostgresOwner.class.getName());
    private static final String CLASS = "1885434489"; // of our advisory locks: "pa" and so on, and one key in it
    private static final int KEY = 1;
    private static final String LOCK_TIMEOUT = "55P03"; // a state
    private static final int OWNER_BYTES = 16;
    private static final long EVERY_NANOS = 5_000_000_000L;
    private static final int ANSWER_SECONDS = 5;
    private static final int TRIES = 100;
    private static final int MOST_NAME = 63; // characters; the server cuts off what is behind

    private final Postgres database;
    private final byte[] owner = Opening.random(OWNER_BYTES);
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private boolean ended; // lock
    private @Nullable Connection connection; // the opener's, then the thread's
    private @Nullable Thread thread; // the opener's

    PostgresOwner(Postgres database) {
        this.database = database;
    }

    /**
     * Takes the lock.
     *
     * @throws JournalOpenException if another process has it; it says which one
     */
    @SuppressWarnings("ReferenceEquality") // a connection is itself
    void take() throws SQLException {
        Connection fresh = database.connect();
        String holder = null;
        try {
            prepare(fresh);
            for (int i = 0; i < TRIES && holder == null; i++) {
                if (lock(fresh)) {
                    connection = fresh;
                    return;
                }
                holder = holder(fresh); // null: it has given the lock back meanwhile
            }
        } finally {
            if (connection != fresh) {
                close(fresh);
            }
        }
        throw new JournalOpenException(
                database.place(),
                "another server uses this database: " + (holder == null ? "several take it in turns" : holder),
                "Stop that server, or use another database.",
                null);
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set application_name = '" + name().replace("'", "") + "'");
            for (String setting : PostgresSession.KEEPALIVES) {
                statement.execute(setting);
            }
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        return isTrue(connection, "select pg_try_advisory_lock(" + CLASS + ", " + KEY + ")");
    }

    /** The end of a connection unlocks as well, but later: when the server reads it. */
    private void unlock() {
        Connection current = connection;
        try {
            if (current != null && current.isValid(ANSWER_SECONDS)) {
                isTrue(current, "select pg_advisory_unlock(" + CLASS + ", " + KEY + ")");
            }
        } catch (SQLException gone) {
            LOG.log(System.Logger.Level.DEBUG, "the connection was gone", gone);
        }
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** This process, for people who look at the connections of the database. */
    private static String name() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "a machine without a name";
        }
        String name = "parley, process " + ProcessHandle.current().pid() + " on " + host;
        return name.substring(0, Math.min(name.length(), MOST_NAME));
    }

    private static @Nullable String holder(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select a.application_name, a.client_addr, a.backend_start, a.pid"
                                + " from pg_locks l join pg_stat_activity a on a.pid = l.pid"
                                + " where l.locktype = 'advisory' and l.granted and l.classid = " + CLASS
                                + " and l.objid = "
                                + KEY
                                + " and l.database = (select oid from pg_database where datname = current_database())")) {
            if (!row.next()) {
                return null;
            }
            String address = row.getString(2);
            String since = row.getString(3); // not told to every user, like the address
            return row.getString(1) + (address == null ? "" : ", from " + address)
                    + (since == null ? "" : ", since " + since) + ", connection " + row.getInt(4);
        }
    }

    /** Makes this process the owner; whoever was it writes nothing more from the commit on. */
    void own(Link link, Store store) throws SQLException {
        try {
            store.meta().put(link, MetaTable.OWNER, owner);
        } catch (SQLException failed) {
            if (!LOCK_TIMEOUT.equals(failed.getSQLState())) {
                throw failed;
            }
            throw new JournalOpenException(
                    database.place(),
                    "a connection of another server is still open in the database, in the middle of a transaction",
                    "If that server has ended, the connection ends by itself within about a minute: start again then.",
                    failed);
        }
    }

    /** Makes sure that this process is the owner until the transaction ends. */
    void guard(Link link, Store store) throws SQLException {
        if (!Arrays.equals(store.meta().share(link, MetaTable.OWNER), owner)) {
            throw new TakenOverException(database.place());
        }
    }

    // ---- the thread

    /** Begins to look after the lock; {@code takenOver} is run if another process turns out to be the owner. */
    void start(Runnable takenOver) {
        Thread keeper = Threads.daemon("owner", () -> keep(takenOver));
        thread = keeper;
        keeper.start();
    }

    private void keep(Runnable takenOver) {
        boolean quiet = false;
        while (pause()) {
            try {
                Connection current = connection;
                if (current != null && current.isValid(ANSWER_SECONDS)) {
                    continue;
                }
                release();
                takeAgain();
                quiet = false;
                LOG.log(System.Logger.Level.INFO, "the lock of {0} is held again", database.place());
            } catch (TakenOverException replaced) {
                LOG.log(System.Logger.Level.ERROR, replaced.words());
                Threads.safely(takenOver);
                break; // the lock is the other's, now or when it starts again
            } catch (SQLException | RuntimeException | Error failed) {
                FatalErrors.handOver(failed);
                if (!quiet) {
                    LOG.log(System.Logger.Level.WARNING, "the lock of " + database.place() + " is not held", failed);
                }
                quiet = true;
            }
        }
        unlock();
        release();
    }

    /**
     * Takes the lock, unless this process was replaced while it did not have it.
     *
     * @throws TakenOverException if it was
     */
    private void takeAgain() throws SQLException {
        try {
            take();
        } catch (JournalOpenException held) {
            Connection fresh = database.connect();
            try {
                checkOwner(fresh);
            } finally {
                close(fresh);
            }
            throw held; // by one that is about to start
        }
        Connection taken = connection;
        if (taken != null) {
            try {
                checkOwner(taken); // the other one may have ended
            } catch (SQLException | RuntimeException failed) {
                release();
                throw failed;
            }
        }
    }

    private void checkOwner(Connection over) throws SQLException {
        Link link = new Link(over);
        link.execute("set search_path to parley");
        if (!Arrays.equals(new MetaTable(database.place()).get(link, MetaTable.OWNER), owner)) {
            throw new TakenOverException(database.place());
        }
    }

    /** Waits a while; false at the end. */
    private boolean pause() {
        lock.lock();
        try {
            long left = EVERY_NANOS;
            while (left > 0 && !ended) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException goOn) {
            LOG.log(System.Logger.Level.DEBUG, "the thread of the owner was interrupted");
        } finally {
            lock.unlock();
        }
        return !isEnded();
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            close(current);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            LOG.log(System.Logger.Level.DEBUG, "the connection was gone", gone);
        }
    }

    /** Gives the lock back. */
    void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Thread keeper = thread;
        if (keeper == null) {
            unlock();
            release();
        } else {
            Threads.await(keeper);
        }
    }
}
