package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.List;

/** How a connection to PostgreSQL is set, and what its server must be like. No state, for any thread. */
final class PostgresSession {
    /** The database finds out within a minute or so that this machine is lost. */
    static final List<String> KEEPALIVES =
            List.of("set tcp_keepalives_idle = 30", "set tcp_keepalives_interval = 10", "set tcp_keepalives_count = 3");

    private static final int TIMELINE_DIGITS = 8; // of the name of a file of the log

    private PostgresSession() {}

    /** Sets a connection to the database at a place. */
    @FunctionalInterface
    interface Step {
        void run(String place, Link link) throws SQLException;
    }

    static void prepare(Link link) throws SQLException {
        link.execute("set search_path to parley");
        link.execute("set lock_timeout = '20s'");
        link.execute("set statement_timeout = '40s'");
    }

    /**
     * Sets what a connection that writes needs. If this machine is lost, or this process stands still, what it holds is given free within a
     * minute or so.
     *
     * @throws JournalOpenException if the server would lose what it has committed, or is a standby
     */
    static void prepareToWrite(String place, Link link) throws SQLException {
        for (String setting : KEEPALIVES) {
            link.execute(setting);
        }
        link.execute("set idle_in_transaction_session_timeout = '60s'");
        // A stronger setting of the operator's stays.
        link.execute("select set_config('synchronous_commit', 'on', false)"
                + " where current_setting('synchronous_commit') <> 'remote_apply'");
        checkServer(place, link);
    }

    private static void checkServer(String place, Link link) throws SQLException {
        for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = link.one("show " + name, row -> row.getString(1));
            if ("off".equals(value)) {
                throw new JournalOpenException(
                        place,
                        name + " is off, so the database can lose what it has acknowledged",
                        "Set " + name + " to on in the configuration of the database, or for this user.",
                        null);
            }
        }
        if (Boolean.TRUE.equals(link.one("select pg_is_in_recovery()", row -> row.getBoolean(1)))) {
            throw new JournalOpenException(place, "this is a standby", "Use the address of the primary.", null);
        }
    }

    /**
     * The place of a database, within a transaction: the system's number if the user may read it, the timeline, and the numbers of a table
     * and of its file. A dump that was restored has other ones, and so has a server that was set back to an earlier time.
     */
    static String place(Link link) throws SQLException {
        boolean readable = Boolean.TRUE.equals(
                link.one("select has_function_privilege('pg_control_system()', 'execute')", row -> row.getBoolean(1)));
        String system = readable
                ? link.one("select system_identifier::text from pg_control_system()", row -> row.getString(1))
                : "unknown";
        String table = link.one(
                "select 'parley.meta'::regclass::oid || ', ' || pg_relation_filenode('parley.meta')",
                row -> row.getString(1));
        return system + ", " + timeline(link) + ", " + table;
    }

    private static String timeline(Link link) throws SQLException {
        link.execute("savepoint place");
        try {
            String name = link.one("select pg_walfile_name(pg_current_wal_lsn())", row -> row.getString(1));
            return String.valueOf(name).substring(0, TIMELINE_DIGITS);
        } catch (SQLException unknown) { // some servers that speak like PostgreSQL have no such log
            link.execute("rollback to savepoint place");
            return "unknown";
        }
    }
}
