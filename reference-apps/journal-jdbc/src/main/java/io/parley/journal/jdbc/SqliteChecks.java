package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which SQLite files are not opened, and what to do then. No state, for any thread. */
final class SqliteChecks {
    /** Marks a file as ours: "Prly". */
    static final int APPLICATION = 0x50726c79;

    private static final int[] LEAST_VERSION = {3, 51, 3}; // before, a checkpoint could lose commits

    private SqliteChecks() {}

    /** Refuses a version of SQLite that loses commits, and the database of another program. */
    static void check(String place, Link link) throws SQLException {
        String version = link.one("select sqlite_version()", row -> row.getString(1));
        int[] numbers = Arrays.stream(String.valueOf(version).split("\\."))
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.compare(numbers, LEAST_VERSION) < 0) {
            throw new JournalOpenException(
                    place,
                    "SQLite " + version + " can lose what was committed",
                    "Use org.xerial:sqlite-jdbc 3.51.3.0 or later.",
                    null);
        }
        Integer application = link.one("pragma application_id", row -> row.getInt(1));
        Integer tables = link.one("select count(*) from sqlite_schema", row -> row.getInt(1));
        if (application != null && application != APPLICATION && tables != null && tables > 0) {
            throw anotherProgram(place);
        }
    }

    static JournalOpenException anotherProgram(String place) {
        return new JournalOpenException(place, "it is the database of another program", "Use another folder.", null);
    }

    static JournalOpenException damaged(String place, DamagedException damaged) {
        return new JournalOpenException(place, String.valueOf(damaged.getMessage()), "Restore a backup.", damaged);
    }

    /** What is wrong with a file that cannot be opened to write, and what to do. */
    static JournalOpenException cannotOpen(Sqlite database, SQLException error) {
        return cannotOpen(
                database, error, "Check that the server may write to the folder, and that it is on a local disk.");
    }

    /** The same for one that is only read. */
    static JournalOpenException cannotRead(Sqlite database, SQLException error) {
        return cannotOpen(
                database,
                error,
                "Do this as the user of the server, on its machine: while a server uses the folder, who reads must be"
                        + " able to write there.");
    }

    private static JournalOpenException cannotOpen(Sqlite database, SQLException error, String otherwise) {
        String words = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        @Nullable String remedy = null;
        if (words.contains("no suitable driver")) {
            remedy = "Add org.xerial:sqlite-jdbc to the class path or module path.";
        } else if (database.fault(error) == Fault.DAMAGED) {
            remedy = "The file is damaged. Restore a backup.";
        } else if (database.fault(error) == Fault.FULL) {
            remedy = "The disk is full. Make space.";
        }
        return new JournalOpenException(
                database.place(), String.valueOf(error.getMessage()), remedy == null ? otherwise : remedy, error);
    }
}
