package io.parley.journal.jdbc;

import io.parley.journal.Journal;
import io.parley.testkit.journal.JournalFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with an SQLite journal. For one thread. */
final class SqliteFixture implements JournalFixture {
    static final int RESERVE_BYTES = 1 << 20; // which is quicker

    private final Path folder;
    private final JdbcJournalOptions options;
    private final Clocks clocks;
    private FaultyDialect faults = null; // of the journal that was opened last

    SqliteFixture(JdbcJournalOptions options, Clocks clocks) {
        this.options = options;
        this.clocks = clocks;
        try {
            this.folder = Files.createTempDirectory("parley-journal");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    SqliteFixture() {
        this(JdbcJournalOptions.DEFAULT, Clocks.SYSTEM);
    }

    Path folder() {
        return folder;
    }

    FaultyDialect faults() {
        return faults;
    }

    @Override
    public JdbcJournal open() {
        return open(options);
    }

    JdbcJournal open(JdbcJournalOptions other) {
        Sqlite database = Sqlite.in(folder, other.durability());
        faults = new FaultyDialect(database);
        return Opening.sqlite(
                database, faults, other, new Space(database.reserve(), RESERVE_BYTES, clocks.nanoTime()), clocks);
    }

    @Override
    public Journal openKeeping(int entries) {
        return open(options.withKeepEntries(entries));
    }

    @Override
    public void crash(Journal journal) {
        ((JdbcJournal) journal).crash();
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public boolean fill() {
        faults.atCommit(FaultyDialect.AtCommit.FULL, Integer.MAX_VALUE);
        return true;
    }

    @Override
    public void free() {
        faults.atCommit(FaultyDialect.AtCommit.NOTHING, 0);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
