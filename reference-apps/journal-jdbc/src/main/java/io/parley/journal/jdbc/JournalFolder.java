package io.parley.journal.jdbc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What can be done with the folder of a journal that is not open here. No state, for any thread; its methods block. */
public final class JournalFolder {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100; // bytes
    private static final int VERSION_AT = 60; // the user version
    private static final int APPLICATION_AT = 68;

    private JournalFolder() {}

    /**
     * Looks whether {@link JdbcJournal#sqlite(Path)} can use a folder, which need not be there yet. Nothing is made or written, and the
     * database is not opened: damage inside it is not found.
     *
     * @param folder the folder
     * @return whether a server uses it at the moment
     * @throws JournalOpenException if it cannot be used
     */
    public static boolean look(Path folder) {
        try {
            Path there = folder.toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            if (!Files.isDirectory(there)) {
                throw refused(folder, there + " is no folder");
            }
            if (!Files.isWritable(there) || !Files.isExecutable(there)) {
                throw refused(folder, "this user has no permission for " + there);
            }
            if (!there.equals(folder.toAbsolutePath())) {
                return false;
            }
            if (FolderLock.isHeld(Folders.lock(folder))) {
                return true;
            }
            lookInside(folder);
            return false;
        } catch (IOException failed) {
            throw Folders.unusable(folder, failed);
        }
    }

    private static JournalOpenException refused(Path folder, String why) {
        return Folders.unusable(folder, new IOException(why));
    }

    private static void lookInside(Path folder) throws IOException {
        Path file = Folders.database(folder);
        if (!Files.exists(file)) {
            return;
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw refused(folder, "this user has no permission for " + file);
        }
        Sqlite.checkLog(folder, FolderLock.before(Folders.lock(folder)));
        checkHeader(file);
    }

    /** Refuses a file that is no journal of this version. It must not be open in this process. */
    private static void checkHeader(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        try (FileChannel channel = FileChannel.open(file)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // A shorter one is refused below.
            }
        }
        if (header.position() == 0) {
            return; // SQLite makes a database of it
        }
        if (!Arrays.equals(header.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new JournalOpenException(
                    file.toString(), "it is no SQLite database, or damaged", "Restore a backup.", null);
        }
        int application = header.getInt(APPLICATION_AT);
        if (application != 0 && application != SqliteChecks.APPLICATION) {
            throw SqliteChecks.anotherProgram(file.toString());
        }
        Schema.check(file.toString(), header.getInt(VERSION_AT));
    }

    /**
     * Makes the journal of a folder from a backup. Every row is verified before the folder has a journal. Rooms have other epochs than
     * in the backup and in any other folder made from it.
     *
     * @param backup a file that {@link JdbcJournal#backup} or {@link JournalReader#backup} has written; it stays
     * @param folder the folder, which is made if it is not there; there must be no journal in it
     * @return what was found in the backup. If that is {@linkplain CheckReport#isGood not good}, there is no journal in the folder
     * @throws IOException if a file cannot be read or written
     * @throws SQLException if the backup cannot be read
     * @throws JournalOpenException if the folder cannot be used, or the file is no backup of a journal
     */
    public static CheckReport restore(Path backup, Path folder) throws IOException, SQLException {
        checkBackup(backup);
        try (NewDatabase made = NewDatabase.in(folder)) {
            try (OutputStream to = Files.newOutputStream(made.part())) {
                Files.copy(backup, to);
            }
            return made.finish((link, store) -> {
                Schema.checkThere(backup.toString(), version(link));
                if (store.meta().get(link, MetaTable.RUNNING) != null) {
                    throw noBackup(backup, "it is the file of a server that has not ended");
                }
                if (store.meta().get(link, MetaTable.BACKUP) == null) {
                    throw noBackup(backup, "it is a copy of a server's file, which may lack what was in its log");
                }
            });
        } catch (SQLException unreadable) {
            if (Sqlite.isDamage(unreadable)) {
                throw new JournalOpenException(
                        backup.toString(), String.valueOf(unreadable.getMessage()), "Use another backup.", unreadable);
            }
            throw unreadable;
        }
    }

    private static void checkBackup(Path backup) throws IOException {
        checkHeader(backup);
        if (Files.size(backup) == 0) {
            throw noBackup(backup, "it is empty");
        }
        Path log = backup.resolveSibling(backup.getFileName() + "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw noBackup(backup, "beside it is " + log.getFileName() + ", so it is the file of a server");
        }
    }

    private static JournalOpenException noBackup(Path file, String why) {
        return new JournalOpenException(
                file.toString(), "it is no backup: " + why, "Make a backup, and use its file.", null);
    }

    private static int version(Link link) throws SQLException {
        @Nullable Integer version = link.one("pragma user_version", row -> row.getInt(1));
        return version == null ? 0 : version;
    }
}
