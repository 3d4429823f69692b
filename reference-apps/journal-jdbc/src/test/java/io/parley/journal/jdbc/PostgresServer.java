package io.parley.journal.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server for all tests of this process, that syncs as one in production. Any thread. */
final class PostgresServer {
    static final String USER = "postgres";
    static final String PASSWORD = "";

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Queue<String> IDLE = new ConcurrentLinkedQueue<>();

    private PostgresServer() {}

    /** Made at the first use; ends with the process. */
    private static final class Only {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    static String url(String database) {
        return Only.SERVER.getJdbcUrl(USER, database).replaceFirst("\\?.*", "");
    }

    /** An empty database; its address. */
    static String take() {
        String idle = IDLE.poll();
        if (idle != null) {
            return idle;
        }
        String name = "d" + DATABASES.incrementAndGet();
        execute(url("postgres"), "create database " + name);
        return url(name);
    }

    /** Empties a database, for the next test: that is quicker than to make one. */
    static void giveBack(String url) {
        disconnect(url);
        execute(url, "drop schema if exists parley cascade");
        IDLE.add(url);
    }

    static void execute(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Ends all connections to a database but that of the caller, and waits until they have ended. */
    static void disconnect(String url) {
        execute(
                url,
                "select pg_terminate_backend(pid, 60000) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
    }
}
