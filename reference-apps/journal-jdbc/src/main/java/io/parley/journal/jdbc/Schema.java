package io.parley.journal.jdbc;

import java.sql.SQLException;

/** Makes the tables, and brings older ones up to date. No state of its own. */
final class Schema {
    /** The version that this code reads and writes. */
    static final int VERSION = 1;

    private Schema() {}

    /** Within a transaction. */
    static void prepare(Dialect dialect, Link link) throws SQLException {
        int found = dialect.schemaVersion(link);
        check(dialect.place(), found);
        if (found == 0) {
            for (String statement : dialect.schema()) {
                link.execute(statement);
            }
        }
        // A later version has its changes here, one step for each version.
        if (found < VERSION) {
            dialect.schemaVersion(link, VERSION);
        }
    }

    /** Refuses tables of a later version. */
    static void check(String place, int found) {
        if (found > VERSION) {
            throw new JournalOpenException(
                    place,
                    "its tables have version " + found + ", and this program knows versions up to " + VERSION,
                    "Use the newer program that wrote it, or restore a backup from before the upgrade.",
                    null);
        }
    }

    /** The same for a place that is only read: there must be tables. */
    static void checkThere(String place, int found) {
        check(place, found);
        if (found == 0) {
            throw new JournalOpenException(place, "there is no journal in it", "Check the name.", null);
        }
    }
}
