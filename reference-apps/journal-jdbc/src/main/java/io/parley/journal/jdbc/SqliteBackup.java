package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Writes all that is kept at one moment to a new file. The copy has another history: whoever goes on from it gives numbers that were
 * given before, so the rooms must have other epochs. One thread.
 */
final class SqliteBackup {
    private SqliteBackup() {}

    /** Copies what a connection without a transaction sees. Only this user can read the file. */
    static void write(Link from, Store store, Path file) throws IOException, SQLException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Folders.deletePart(part);
        Folders.makeFile(part);
        try {
            from.update("vacuum into ?", part.toString());
            try (Link link = alone(part)) {
                link.execute("begin immediate");
                renew(store, link);
                store.meta().put(link, MetaTable.BACKUP, now());
                link.execute("commit");
            }
            publish(part, file);
        } finally {
            Folders.deletePart(part);
        }
    }

    private static byte[] now() {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(System.currentTimeMillis())
                .array();
    }

    /** A connection to a file that nobody else uses, and that stays one file. */
    static Link alone(Path file) throws SQLException {
        Link link = new Link(DriverManager.getConnection("jdbc:sqlite:" + file.toUri()));
        try {
            link.execute("pragma trusted_schema = off");
            link.execute("pragma cell_size_check = on");
            link.execute("pragma journal_mode = delete");
            return link;
        } catch (SQLException | RuntimeException failed) {
            link.discard();
            throw failed;
        }
    }

    /** Gives all rooms other epochs, and notes that nobody uses it. */
    static void renew(Store store, Link link) throws SQLException {
        store.meta().put(link, MetaTable.HISTORY, Opening.random(Long.BYTES));
        store.meta().remove(link, MetaTable.OWNER);
        store.meta().remove(link, MetaTable.RUNNING);
        store.meta().remove(link, MetaTable.PLACE);
        store.meta().remove(link, MetaTable.BACKUP);
    }

    /** Syncs a file, which SQLite does not, and then gives it its name. */
    static void publish(Path part, Path file) throws IOException {
        try (FileChannel copy = FileChannel.open(part, StandardOpenOption.WRITE)) {
            copy.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(file.toAbsolutePath().getParent());
    }
}
