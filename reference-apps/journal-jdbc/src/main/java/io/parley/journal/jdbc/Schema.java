package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Makes the tables, and brings older ones up to date. No state of its own. */
final class Schema {
    /** The version that this code reads and writes. */
    static final int VERSION = 3;

    private Schema() {}

    private static void run(Link link, List<String> statements) throws SQLException {
        for (String statement : statements) {
            link.execute(statement);
        }
    }

    /** Makes the index anew, empty, if there is one. Within a transaction. */
    static void renewIndex(Dialect dialect, Link link) throws SQLException {
        if (dialect.schemaVersion(link) >= dialect.index().version()) {
            makeIndex(dialect, link);
        }
    }

    private static void makeIndex(Dialect dialect, Link link) throws SQLException {
        run(link, List.of("drop table if exists search", "drop table if exists indexed"));
        run(link, dialect.index().schema());
    }

    /** Goes through the versions, from the one that is there to this one. Within a transaction. */
    static void prepare(Dialect dialect, Link link) throws SQLException {
        int found = dialect.schemaVersion(link);
        check(dialect.place(), found);
        if (found < 1) {
            run(link, dialect.schema());
        }
        if (found < dialect.index().version()) {
            makeIndex(dialect, link);
        }
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
