package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a folder beside the server: looking, reading, backup, restore, import. */
final class JournalFolderTest {
    private static final KeyValue VALUE = new KeyValue("k", "a", Bytes.fromHex("01"));

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("data");
    }

    private void with(Consumer<JdbcJournal> use) {
        try (JdbcJournal journal = JdbcJournal.sqlite(folder())) {
            use.accept(journal);
        }
    }

    private void filled() {
        with(journal -> {
            Requests.append(journal, Requests.ban("r", 0, 1));
            Requests.append(journal, Requests.said("r", 1, 1, 9));
            Requests.get(journal.put(List.of(VALUE)));
        });
    }

    private Path backup() throws IOException, SQLException {
        Path file = temporary.resolve("backup");
        try (JournalReader reader = JournalReader.sqlite(folder())) {
            reader.backup(file);
        }
        return file;
    }

    private static void execute(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void isRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(JournalOpenException.class).hasMessageContainingAll(words);
    }

    // ---- looking

    @Test
    void whatCanBeUsedIsAsItWasAfterALook() throws IOException {
        assertThat(JournalFolder.look(folder())).isFalse();
        assertThat(folder()).doesNotExist();
        filled();
        byte[] before = Files.readAllBytes(folder().resolve("parley.db"));
        assertThat(JournalFolder.look(folder())).isFalse();
        assertThat(folder().resolve("parley.db")).hasBinaryContent(before);
        assertThat(folder().resolve("parley.db-shm")).doesNotExist();
        with(journal -> {
            assertThat(JournalFolder.look(folder())).as("in use").isTrue();
            isRefused(() -> JdbcJournal.sqlite(folder()), "another server uses this folder");
            Requests.append(journal, Requests.said("r", 10, 1, 1));
        });
    }

    @Test
    void whatCannotBeUsedIsToldInWords() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        isRefused(() -> JournalFolder.look(file), file + " is no folder");
        isRefused(() -> JournalFolder.look(file.resolve("data")), file + " is no folder");
        filled();
        Path database = folder().resolve("parley.db");
        execute(database, "pragma user_version = " + (Schema.VERSION + 1));
        isRefused(() -> JournalFolder.look(folder()), "parley.db", "newer program");
        isRefused(() -> JournalReader.sqlite(folder()), "parley.db", "newer program");
        execute(database, "pragma application_id = 7");
        isRefused(() -> JournalFolder.look(folder()), "parley.db", "database of another program");
        Files.writeString(database, "nothing of the kind");
        isRefused(() -> JournalFolder.look(folder()), "parley.db", "damaged", "Restore a backup");
    }

    @Test
    void onlyThisUserSeesWhatIsKept() throws Exception {
        filled();
        Path file = backup();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    // ---- reading

    @Test
    void aReaderSeesAllOfOneMomentWhileAServerWrites() {
        filled();
        with(journal -> {
            try (JournalReader reader = JournalReader.sqlite(folder())) {
                Requests.append(journal, Requests.said("r", 10, 1, 5));
                Requests.append(journal, Requests.said("s", 0, 2, 5));
                assertThat(reader.rooms("", 10)).containsExactly("r");
                KeptRoom room = reader.room("r");
                KeptRoom live = Requests.get(journal.open("r"));
                assertThat(room).isEqualTo(new KeptRoom(live.number(), live.epoch(), 10, 1, live.state()));
                assertThat(reader.read("r", 0, 100).entries()).hasSize(10);
                assertThat(reader.values("", "", 10)).containsExactly(VALUE);
                assertThat(reader.values("k", "a", 10)).isEmpty();
                assertThat(reader.secret()).isEqualTo(journal.secret());
                assertThat(reader.room("none")).isNull();
                assertThat(reader.check()).isEqualTo(new CheckReport(1, 10, 1, List.of()));
            } catch (SQLException failed) {
                throw new AssertionError(failed);
            }
            assertThat(Requests.seqs(journal, "r")).hasSize(15);
        });
    }

    @Test
    void nothingIsReadWhereThereIsNoJournal() throws IOException {
        isRefused(() -> JournalReader.sqlite(folder()), folder().toString(), "there is no journal");
        Files.createDirectories(folder());
        Files.createFile(folder().resolve("parley.db"));
        isRefused(() -> JournalReader.sqlite(folder()), "there is no journal");
    }

    @Test
    void aReaderRefusesALogThatIsDamaged() throws IOException {
        Path killed = Files.createDirectory(temporary.resolve("killed"));
        JdbcJournal journal = JdbcJournal.sqlite(folder());
        for (int i = 0; i < 20; i++) {
            Requests.append(journal, Requests.said("r", i, 1, 1));
        }
        for (String name : List.of("parley.db", "parley.db-wal", "parley.lock")) {
            Files.copy(folder().resolve(name), killed.resolve(name));
        }
        journal.close();
        Path log = killed.resolve("parley.db-wal");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        isRefused(() -> JournalReader.sqlite(killed), "parley.db-wal", "restore a backup");
        isRefused(() -> JournalFolder.look(killed), "parley.db-wal", "restore a backup");
    }

    @Test
    void whoMayOnlyReadReadsAndMakesBackups() throws Exception {
        filled();
        Path lock = folder().resolve("parley.lock");
        Path file = temporary.resolve("backup");
        Sqlite database = Sqlite.reading(folder(), FolderLock.takeReading(lock));
        try (JournalReader reader = JournalReader.sqlite(database)) {
            assertThat(reader.check()).isEqualTo(new CheckReport(1, 10, 1, List.of()));
            reader.backup(file);
            isRefused(() -> JdbcJournal.sqlite(folder()), "another server uses this folder");
        } finally {
            database.unlock();
        }
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).noneMatch(made -> made.toString().endsWith("-shm"));
        }
        assertThat(JournalFolder.restore(file, temporary.resolve("to")).isGood())
                .isTrue();
        Files.writeString(folder().resolve("parley.db-wal"), "log");
        isRefused(
                () -> Sqlite.reading(folder(), FolderLock.takeReading(lock)),
                "parley.db-wal",
                "able to write to the folder");
    }

    // ---- backup and restore

    @Test
    void eachRestoreIsAHistoryOfItsOwn() throws Exception {
        filled();
        Path file = backup();
        assertThatThrownBy(this::backup).isInstanceOf(FileAlreadyExistsException.class);
        long original = epoch(folder());
        Path one = temporary.resolve("one");
        Path two = temporary.resolve("deep/two");
        assertThat(JournalFolder.restore(file, one)).isEqualTo(new CheckReport(1, 10, 1, List.of()));
        assertThat(JournalFolder.restore(file, two).isGood()).isTrue();
        assertThat(List.of(original, epoch(one), epoch(two))).doesNotHaveDuplicates();
        isRefused(() -> JournalFolder.restore(file, one), one.toString(), "there is a journal in this folder");
        try (JdbcJournal journal = JdbcJournal.sqlite(one)) {
            isRefused(() -> JournalFolder.restore(file, one), "another server uses this folder");
            assertThat(Requests.seqs(journal, "r")).hasSize(10);
        }
    }

    private static long epoch(Path folder) throws SQLException {
        try (JournalReader reader = JournalReader.sqlite(folder)) {
            KeptRoom room = reader.room("r");
            assertThat(room).isNotNull();
            return room.epoch();
        }
    }

    @Test
    void whatIsNoGoodBackupIsNotRestored() throws Exception {
        Path to = temporary.resolve("to");
        Path words = Files.writeString(temporary.resolve("words"), "words");
        isRefused(() -> JournalFolder.restore(words, to), words.toString(), "no SQLite database");
        Path empty = Files.createFile(temporary.resolve("empty"));
        isRefused(() -> JournalFolder.restore(empty, to), empty.toString(), "it is empty");
        with(journal -> {
            Requests.append(journal, Requests.said("r", 0, 1, 5));
            isRefused(() -> JournalFolder.restore(folder().resolve("parley.db"), to), "parley.db-wal");
        });
        isRefused(() -> JournalFolder.restore(folder().resolve("parley.db"), to), "copy of a server's file");
        Path file = backup();
        for (String name : List.of("parley.db.part", "parley.db.part-journal", "parley.db.part-wal")) {
            Files.writeString(to.resolve(name), "left by a restore that was killed");
        }
        execute(file, "update entry set content = x'00' where seq = 3");
        CheckReport report = JournalFolder.restore(file, to);
        assertThat(report.isGood()).isFalse();
        assertThat(report.problems().get(0)).contains("number 3");
        assertThat(to.resolve("parley.db")).doesNotExist();
        try (Stream<Path> files = Files.list(to)) {
            assertThat(files).containsExactly(to.resolve("parley.lock"));
        }
    }

    @Test
    void aBackupThatAJournalHasOpenedIsNoneAnyMore() throws Exception {
        filled();
        Path file = Files.createDirectory(temporary.resolve("other")).resolve("parley.db");
        Files.move(backup(), file);
        JdbcJournal.sqlite(file.getParent()).close();
        isRefused(() -> JournalFolder.restore(file, temporary.resolve("to")), "copy of a server's file");
    }

    // ---- import

    @Test
    void whatIsReadCanBeImported() throws Exception {
        filled();
        Path to = temporary.resolve("to");
        try (JournalReader reader = JournalReader.sqlite(folder());
                JournalImport made = JournalImport.into(to, reader.secret())) {
            made.room("r", reader.room("r"));
            made.entries("r", reader.read("r", 0, 100).entries());
            made.values(reader.values("", "", 10));
            assertThat(to.resolve("parley.db")).doesNotExist();
            assertThat(made.finish()).isEqualTo(new CheckReport(1, 10, 1, List.of()));
        }
        try (JdbcJournal before = JdbcJournal.sqlite(folder());
                JdbcJournal after = JdbcJournal.sqlite(to)) {
            KeptRoom room = Requests.get(before.open("r"));
            KeptRoom opened = Requests.get(after.open("r"));
            assertThat(opened).isEqualTo(new KeptRoom(room.number(), opened.epoch(), 10, 1, room.state()));
            assertThat(opened.epoch()).isNotEqualTo(room.epoch());
            assertThat(Requests.page(after, "r").entries())
                    .isEqualTo(Requests.page(before, "r").entries());
            assertThat(after.secret()).isEqualTo(before.secret());
            Requests.append(after, Requests.said("r", 10, 1, 5));
            assertThat(Requests.seqs(after, "r")).hasSize(15);
        }
    }

    @Test
    void anImportThatDoesNotFitLeavesNoJournal() throws Exception {
        filled();
        try (JournalReader reader = JournalReader.sqlite(folder());
                JournalImport made = JournalImport.into(temporary.resolve("to"), reader.secret())) {
            KeptRoom room = reader.room("r");
            made.room("r", room);
            assertThatThrownBy(() -> made.entries("none", List.of())).hasMessageContaining("there is no room none");
            assertThatThrownBy(() -> made.entries("r", reader.read("r", 1, 5).entries()))
                    .hasMessageContaining("entry 2 comes where 1 should be");
            assertThatThrownBy(() -> made.room("s", new KeptRoom(2, 1, 3, 9, room.state())))
                    .hasMessageContaining("make no sense");
            made.room("s", new KeptRoom(2, 1, 0, 1, room.state()));
            made.entries("r", reader.read("r", 0, 100).entries());
            assertThatThrownBy(() -> made.entries("s", reader.read("r", 0, 1).entries()))
                    .hasMessageContaining("in the journal already");
        }
        assertThat(temporary.resolve("to/parley.db")).doesNotExist();
        assertThat(temporary.resolve("to/parley.db.part")).doesNotExist();
    }
}
