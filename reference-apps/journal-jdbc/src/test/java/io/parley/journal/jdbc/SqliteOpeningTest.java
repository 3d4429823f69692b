package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("parley.db", "parley.lock", "parley.reserve");
        }
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
