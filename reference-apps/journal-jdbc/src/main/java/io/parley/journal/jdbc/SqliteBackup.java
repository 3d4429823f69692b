package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Writes all that is kept at one moment to a new file. The copy has another history: whoever goes on from it gives numbers that were
 * given before, so the rooms must have other epochs. One thread.
 */
final class SqliteBackup {
    private SqliteBackup() {}

    static void write(Sqlite database, Store store, Path file) throws IOException, SQLException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try {
            try (Link link = database.writer()) {
                link.update("vacuum into ?", part.toString());
            }
            try (Link link = new Link(DriverManager.getConnection("jdbc:sqlite:" + part.toUri()))) {
                link.execute("pragma journal_mode = delete"); // one file
                link.execute("begin immediate");
                byte[] history = new byte[Long.BYTES];
                new SecureRandom().nextBytes(history);
                store.meta().put(link, MetaTable.HISTORY, history);
                store.meta().remove(link, MetaTable.OWNER);
                store.meta().remove(link, MetaTable.RUNNING);
                link.execute("commit");
            }
            try (FileChannel copy = FileChannel.open(part, StandardOpenOption.WRITE)) {
                copy.force(true); // SQLite does not
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            Sqlite.syncFolder(file.toAbsolutePath().getParent());
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
