package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.journal.Journal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder must be like for a journal to be opened in it, and how it is left. */
final class SqliteOpeningTest {
    @TempDir
    private Path folder;

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void isRefused(String... words) {
        assertThatThrownBy(() -> JdbcJournal.sqlite(folder))
                .isInstanceOf(JournalOpenException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void makesTheFolderAndLeavesOneDatabase() throws IOException {
        Path deep = folder.resolve("a b/c#d%20");
        try (Journal journal = JdbcJournal.sqlite(deep)) {
            Requests.append(journal, Requests.said("r", 0, 1, 1));
            assertThat(Requests.seqs(journal, "r")).hasSize(1);
        }
        try (Stream<Path> files = Files.list(deep)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("-[0-9a-f]{16}$", "")))
                    .containsExactlyInAnyOrder("parley.db", "parley.lock", "parley.mark", "parley.reserve");
        }
    }

    // ---- copies

    private static long epoch(Path folder) {
        try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
            return Requests.get(journal.open("r")).epoch();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** As cp does it: the file that is there stays the same one, with another content. */
    private static void overwrite(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    @Test
    void aFolderThatWasRenamedHasTheSameEpochs() throws IOException {
        Path before = folder.resolve("before");
        long epoch = epoch(before);
        Path after = Files.move(before, folder.resolve("after"));
        assertThat(epoch(after)).isEqualTo(epoch);
    }

    private static Path mark(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("parley.mark-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aStartThatWasKilledChangesNoEpoch() throws IOException {
        long before = epoch(folder);
        Files.createFile(folder.resolve("parley.mark-00000000000000aa")); // before it committed
        assertThat(epoch(folder)).isEqualTo(before);
        Path named = mark(folder);
        Files.move(named, folder.resolve("kept")); // after that: the mark before is there, and the new one is empty
        Files.createFile(named);
        Files.move(folder.resolve("kept"), folder.resolve("parley.mark-00000000000000bb"));
        assertThat(epoch(folder)).isEqualTo(before);
        Files.write(mark(folder), new byte[0]); // before it said that it was completed
        assertThat(epoch(folder)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().contains("mark-"))).hasSize(1);
        }
    }

    @Test
    void aCopyHasOtherEpochsWhereverItIsPut() throws IOException {
        Path data = folder.resolve("data");
        Path saved = folder.resolve("saved");
        Path elsewhere = folder.resolve("elsewhere");
        Set<Long> epochs = new HashSet<>();
        epochs.add(epoch(data));
        copy(data, saved);
        copy(saved, elsewhere);
        epochs.add(epoch(elsewhere));
        assertThat(epoch(data)).as("the original").isIn(epochs);
        overwrite(saved, data);
        epochs.add(epoch(data));
        assertThat(epochs)
                .as("the whole folder, written over the one that was used since")
                .hasSize(3);
        Path one = Files.createDirectory(folder.resolve("one"));
        Files.copy(data.resolve("parley.db"), one.resolve("parley.db"));
        assertThat(epoch(data)).isIn(epochs);
        overwrite(one, data);
        epochs.add(epoch(data));
        assertThat(epochs).as("the file alone").hasSize(4);
        assertThat(epoch(data)).isIn(epochs);
    }

    // ---- other users, other processes

    @Test
    void onlyThisUserReadsTheDatabaseInAFolderThatWasThere() throws IOException {
        try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
            Requests.append(journal, Requests.said("r", 0, 1, 1));
            for (String name : List.of("parley.db", "parley.db-wal", "parley.db-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void tellsOnceThatOthersCanReadTheDatabase() throws IOException {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                told.add(new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Folders.class.getName());
        logger.addHandler(handler);
        try {
            JdbcJournal.sqlite(folder).close();
            assertThat(told).isEmpty();
            Path file = folder.resolve("parley.db");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            JdbcJournal.sqlite(folder).close();
            assertThat(told)
                    .containsExactly("other users of this machine can read " + file
                            + ", which has secrets; chmod 600 ends that");
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void waitsForACommandThatHasTheFolderForAMoment() throws Exception {
        JdbcJournal.sqlite(folder).close();
        Thread opener = new Thread(() -> JdbcJournal.sqlite(folder).close());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        opener.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        try (FileChannel command = FileChannel.open(folder.resolve("parley.lock"), StandardOpenOption.WRITE)) {
            command.lock();
            opener.start();
            while (opener.getState() != Thread.State.TIMED_WAITING && opener.isAlive()) {
                Thread.onSpinWait();
            }
        }
        opener.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void aFolderHasOneServer() {
        try (Journal journal = JdbcJournal.sqlite(folder)) {
            isRefused(folder.toString(), "another server uses this folder", "Stop that server");
            isRefused("another server uses this folder"); // to be refused must not cost the first its lock
            Requests.append(journal, Requests.said("r", 0, 1, 1));
        }
        JdbcJournal.sqlite(folder).close();
    }

    @Test
    void whatALaterVersionWroteIsRefused() throws SQLException {
        JdbcJournal.sqlite(folder).close();
        execute("pragma user_version = " + (Schema.VERSION + 1));
        isRefused("parley.db", "version " + (Schema.VERSION + 1), "newer program");
        execute("pragma user_version = " + Schema.VERSION);
        JdbcJournal.sqlite(folder).close();
    }

    @Test
    void theDatabaseOfAnotherProgramIsRefused() throws SQLException {
        execute("create table room (id integer)");
        isRefused("database of another program");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(
                folder.resolve("parley.db"), "These are not the tables that you are looking for. ".repeat(100));
        isRefused("parley.db", "Restore a backup");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        folder = Files.createFile(folder.resolve("file"));
        isRefused("file", "the folder cannot be used");
    }

    @Test
    void theExceptionSaysEachThingApart() {
        try (Journal journal = JdbcJournal.sqlite(folder)) {
            assertThat(journal.isLasting()).isTrue();
            JdbcJournal.sqlite(folder);
        } catch (JournalOpenException refused) {
            assertThat(refused.place()).isEqualTo(folder.toString());
            assertThat(refused.problem()).isEqualTo("another server uses this folder");
            assertThat(refused.remedy()).isEqualTo("Stop that server, or use another folder.");
            return;
        }
        throw new AssertionError("the folder was opened twice");
    }

    @Test
    void eachCommitIsSynced() throws IOException, SQLException {
        for (Durability durability : List.of(Durability.FULL, Durability.RELAXED)) {
            Sqlite database = Sqlite.in(folder, durability);
            try (Link link = database.writer()) {
                assertThat(setting(link, "synchronous"))
                        .as("until the journal is open")
                        .isEqualTo(2);
                database.owns(link);
                int expected = durability == Durability.FULL ? 2 : 1;
                assertThat(setting(link, "synchronous")).isEqualTo(expected);
                try (Link another = database.writer()) {
                    assertThat(setting(another, "synchronous")).isEqualTo(expected);
                    assertThat(setting(another, "secure_delete")).isEqualTo(1);
                    assertThat(setting(another, "wal_autocheckpoint")).isZero();
                    assertThat(setting(another, "fullfsync")).isEqualTo(1);
                    assertThat(setting(another, "checkpoint_fullfsync")).isEqualTo(1);
                }
            } finally {
                database.close(false);
            }
        }
    }

    private static Integer setting(Link link, String name) throws SQLException {
        return link.one("pragma " + name, row -> row.getInt(1));
    }

    @Test
    void readersCannotWrite() throws SQLException {
        Sqlite database = Sqlite.in(folder, Durability.FULL);
        try (Link writer = database.writer()) {
            writer.execute("create table t (a)");
            try (Link reader = database.reader()) {
                assertThatThrownBy(() -> reader.execute("insert into t values (1)"))
                        .isInstanceOf(SQLException.class);
            }
        } finally {
            database.close(false);
        }
    }

    @Test
    void theLogIsShortWhateverIsWritten() throws IOException {
        try (Journal journal = JdbcJournal.sqlite(folder)) {
            long longest = 0;
            for (int i = 0; i < 300; i++) {
                Requests.append(journal, Requests.said("r", i * 100L, 1, 100, 0, "x".repeat(1_000)));
                longest = Math.max(longest, Files.size(folder.resolve("parley.db-wal")));
            }
            assertThat(Files.size(folder.resolve("parley.db"))).isGreaterThan(25L << 20);
            assertThat(longest).isLessThan(24L << 20);
        }
    }
}
