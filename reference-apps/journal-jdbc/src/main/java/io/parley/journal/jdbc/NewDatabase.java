package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A database on its way into a folder: it has another name until it is complete, so that half of one is never taken for a journal. The
 * folder is locked. One thread.
 */
final class NewDatabase implements AutoCloseable {
    private final Path folder;
    private final Path part;
    private final FolderLock lock;
    private final Store store;

    private NewDatabase(Path folder, FolderLock lock) throws IOException {
        this.folder = folder;
        this.part = folder.resolve("parley.db.part");
        this.lock = lock;
        this.store = new Store(Sqlite.reading(folder, null));
    }

    /** Looks at, or changes, the database before it is complete. */
    @FunctionalInterface
    interface Step {
        void run(Link link, Store store) throws SQLException;
    }

    /** Makes the folder and locks it; there must be no journal in it. */
    static NewDatabase in(Path folder) {
        try {
            Folders.make(folder);
            FolderLock lock = FolderLock.of(Folders.lock(folder));
            try {
                if (Files.exists(Folders.database(folder)) || Files.exists(Folders.log(folder))) {
                    throw new JournalOpenException(
                            folder.toString(), "there is a journal in this folder", "Use another folder.", null);
                }
                NewDatabase made = new NewDatabase(folder, lock);
                Folders.deletePart(made.part);
                Folders.makeFile(made.part);
                return made;
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw Folders.unusable(folder, failed);
        }
    }

    Path part() {
        return part;
    }

    Store store() {
        return store;
    }

    /** Opens the file. */
    Link open() throws SQLException {
        return SqliteBackup.alone(part);
    }

    /** Verifies the file, gives it another history, and makes it the folder's journal. If it is damaged, that is not done. */
    CheckReport finish(@Nullable Step step) throws IOException, SQLException {
        CheckReport report;
        try (Link link = open()) {
            SqliteChecks.check(store.dialect().place(), link);
            if (step != null) {
                step.run(link, store);
            }
            report = new Check(store, link).run();
            if (report.isGood()) {
                link.execute("begin immediate");
                SqliteBackup.renew(store, link);
                Schema.renewIndex(store.dialect(), link);
                link.execute("commit");
            }
        }
        if (report.isGood()) {
            SqliteBackup.publish(part, Folders.database(folder));
        }
        return report;
    }

    @Override
    public void close() throws IOException {
        try {
            Folders.deletePart(part);
        } finally {
            lock.close();
        }
    }
}
