package io.parley.journal.jdbc;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** How connections to an SQLite file are opened and set. Any thread. */
final class SqliteLinks {
    private static final int LONGEST_LOG = 8 << 20; // a longer file is cut when the log begins anew
    private static final int SYNC_COMMITS = 2; // the level of synchronous at which each commit is synced
    private static final int SYNC_CHECKPOINTS = 1;

    private final Path file;
    private final Durability durability;
    private final String reading; // what makes a connection read-only
    private volatile boolean started; // until then each commit is synced

    /**
     * Connections to a file.
     *
     * @param fixed whether nobody writes to it, and it is read without a log
     */
    SqliteLinks(Path file, Durability durability, boolean fixed) {
        this.reading = fixed ? "?open_mode=1&immutable=1" : "?open_mode=1";
        this.file = file;
        this.durability = durability;
    }

    Link writer() throws SQLException {
        return open("", true);
    }

    Link reader() throws SQLException {
        return open(reading, false);
    }

    /** From now on links are as durable as the options say, and so is this one. */
    void start(Link link) throws SQLException {
        started = true;
        sync(link);
    }

    private Link open(String mode, boolean writes) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc.get_generated_keys", "false"); // after each insert the driver would ask for them
        Link link = new Link(DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + mode, properties));
        try {
            link.execute("pragma busy_timeout = 5000");
            link.execute("pragma trusted_schema = off");
            link.execute("pragma cell_size_check = on");
            if (writes) {
                prepareToWrite(link);
            }
            return link;
        } catch (SQLException | RuntimeException failed) {
            link.discard();
            throw failed;
        }
    }

    private void prepareToWrite(Link link) throws SQLException {
        String mode = link.one("pragma journal_mode = wal", row -> row.getString(1));
        if (!"wal".equals(mode)) {
            throw new SQLException("the file system cannot have a write-ahead log with shared memory, only " + mode);
        }
        link.execute("pragma wal_autocheckpoint = 0");
        link.execute("pragma journal_size_limit = " + LONGEST_LOG);
        link.execute("pragma secure_delete = on");
        link.execute("pragma fullfsync = on"); // matters on macOS only
        link.execute("pragma checkpoint_fullfsync = on");
        sync(link);
    }

    private void sync(Link link) throws SQLException {
        int level = started && durability == Durability.RELAXED ? SYNC_CHECKPOINTS : SYNC_COMMITS;
        link.execute("pragma synchronous = " + level);
        Integer found = link.one("pragma synchronous", row -> row.getInt(1));
        if (found == null || found != level) {
            throw new SQLException("synchronous is " + found + " and not " + level);
        }
    }
}
