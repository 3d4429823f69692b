package io.parley.journal.jdbc;

import io.parley.transport.FatalErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells other processes of appends, and is told by them. Two threads with a connection each: notifying after the commit, and not within the
 * transaction, keeps the writers of different rooms apart. What a lost connection may have missed is told to all.
 */
final class PostgresHints {
    private static final System.Logger LOG = System.getLogger(PostgresHints.class.getName());
    private static final int LISTEN_MILLIS = 500; // how soon the listener sees that it is to end
    private static final long PAUSE_NANOS = 1_000_000_000L; // after a failure

    private final Postgres database;
    private final String self = UUID.randomUUID() + " "; // in front of a room's key
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private Set<String> appended = new LinkedHashSet<>(); // rooms to tell of; lock
    private boolean ended; // lock
    private @Nullable Thread notifier; // lock
    private @Nullable Thread listener; // lock

    PostgresHints(Postgres database) {
        this.database = database;
    }

    void start(Watchers watchers) {
        lock.lock();
        try {
            notifier = Threads.daemon("notifier", this::tell);
            listener = Threads.daemon("listener", () -> listen(watchers));
            notifier.start();
            listener.start();
        } finally {
            lock.unlock();
        }
    }

    void appended(List<String> rooms) {
        lock.lock();
        try {
            appended.addAll(rooms);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Rooms to tell of, or null at the end. */
    private @Nullable Set<String> take() {
        lock.lock();
        try {
            while (appended.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            Set<String> taken = appended;
            appended = new LinkedHashSet<>();
            return taken.isEmpty() ? null : taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            long left = PAUSE_NANOS;
            while (left > 0 && !ended) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException goOn) {
            LOG.log(System.Logger.Level.DEBUG, "a thread of hints was interrupted");
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        Set<String> rooms = take();
        while (rooms != null) {
            try (Connection connection = database.connect();
                    PreparedStatement notify =
                            connection.prepareStatement("select pg_notify('parley', told) from unnest(?) told")) {
                while (rooms != null) {
                    List<String> told = new ArrayList<>(rooms.size());
                    rooms.forEach(room -> told.add(self + room));
                    notify.setArray(1, connection.createArrayOf("text", told.toArray()));
                    notify.executeQuery().close();
                    rooms = take();
                }
            } catch (SQLException | RuntimeException | Error failed) {
                FatalErrors.handOver(failed);
                LOG.log(System.Logger.Level.WARNING, "other processes could not be told of appends", failed);
                pause();
                if (isEnded()) {
                    return;
                }
            }
        }
    }

    private void listen(Watchers watchers) {
        boolean again = false;
        while (!isEnded()) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen parley");
                if (again) {
                    watchers.all().forEach(Threads::safely);
                }
                again = true;
                PostgresNotifications notifications = new PostgresNotifications(connection);
                while (!isEnded()) {
                    for (String words : notifications.next(LISTEN_MILLIS)) {
                        if (words.length() > self.length() && !words.startsWith(self)) {
                            watchers.of(words.substring(self.length())).forEach(Threads::safely);
                        }
                    }
                }
            } catch (SQLException | RuntimeException | Error failed) {
                FatalErrors.handOver(failed);
                LOG.log(System.Logger.Level.WARNING, "hints of other processes are late", failed);
                pause();
            }
        }
    }

    void close() {
        Thread first;
        Thread second;
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            first = notifier;
            second = listener;
        } finally {
            lock.unlock();
        }
        if (first != null && second != null) {
            Threads.await(first);
            Threads.await(second);
        }
    }
}
