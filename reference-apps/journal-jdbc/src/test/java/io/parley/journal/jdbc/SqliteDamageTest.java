package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.journal.DamagedException;
import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the disk has changed is found, and said. */
final class SqliteDamageTest {
    private static final int HEADER = 32;
    private static final int FRAME = 24 + 4096;

    private final SqliteFixture fixture = new SqliteFixture();

    @TempDir
    private Path copy;

    @AfterEach
    void end() {
        fixture.close();
    }

    private Path database() {
        return fixture.folder().resolve("parley.db");
    }

    /** Changes a byte in the middle of a text in the file. */
    private static void flip(Path file, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        int found = 0;
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (ByteBuffer.wrap(bytes, i, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                bytes[i + wanted.length / 2] ^= 1;
                found++;
            }
        }
        assertThat(found).as("places of '%s' in the file", text).isPositive();
        Files.write(file, bytes);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aChangedEntryIsNotServed() throws IOException {
        try (Journal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 9, 0, "unmistakable "));
            Requests.append(journal, Requests.said("s", 0, 2, 9));
        }
        flip(database(), "unmistakable 5");
        try (JdbcJournal journal = fixture.open()) {
            assertThat(Requests.failure(journal.read("r", 0, Journal.NONE, 100, 1 << 20)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("parley.db, table entry, room 1, number 5");
            assertThat(Requests.get(journal.read("r", 5, Journal.NONE, 100, 1 << 20))
                            .entries())
                    .hasSize(4);
            assertThat(Requests.get(journal.read("r", 0, 5, 100, 1 << 20)).entries())
                    .hasSize(4);
            assertThat(Requests.failure(journal.find(1, 0, 100))).isInstanceOf(DamagedException.class);
            assertThat(Requests.seqs(journal, "s")).hasSize(9);
            Requests.append(journal, Requests.said("r", 9, 1, 1));
            CheckReport report = Requests.get(journal.check());
            assertThat(report.problems()).hasSize(2).first().asString().contains("room 1, number 5");
            assertThat(report.isGood()).isFalse();
            assertThat(report.entries()).isEqualTo(19);
        }
    }

    @Test
    void aMissingEntryIsNotPassedOver() throws Exception {
        try (Journal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 9));
        }
        execute("delete from entry where seq = 5");
        try (JdbcJournal journal = fixture.open()) {
            assertThat(Requests.failure(journal.read("r", 0, Journal.NONE, 100, 1 << 20)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("number 5");
            assertThat(Requests.failure(journal.read("r", Journal.NONE, Journal.NONE, 100, 1 << 20)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("number 5");
            assertThat(Requests.get(journal.check()).problems()).hasSize(1);
        }
    }

    @Test
    void aChangedRoomFailsAlone() throws Exception {
        try (Journal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 9));
            Requests.append(journal, Requests.ban("s", 0, 2));
        }
        execute("update room set head = 7 where key = 'r'");
        execute("update room set state = x'00' where key = 's'");
        try (JdbcJournal journal = fixture.open()) {
            assertThat(Requests.failure(journal.open("r")))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("table room, number 1 (r)");
            assertThat(Requests.failure(journal.append(Requests.said("r", 9, 1, 1))))
                    .isInstanceOf(DamagedException.class);
            assertThat(Requests.failure(journal.open("s"))).isInstanceOf(DamagedException.class);
            Requests.append(journal, Requests.said("t", 0, 3, 1));
            assertThat(Requests.get(journal.check()).problems()).hasSize(2);
        }
    }

    @Test
    void aChangedValueIsNotServed() throws Exception {
        try (Journal journal = fixture.open()) {
            Requests.get(journal.put(
                    List.of(new KeyValue("k", "a", Bytes.fromHex("01")), new KeyValue("l", "a", Bytes.fromHex("01")))));
        }
        execute("update value set content = x'02' where kind = 'k'");
        try (JdbcJournal journal = fixture.open()) {
            assertThat(Requests.failure(journal.values("k", "", 10)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("kind k, key a");
            assertThat(Requests.get(journal.values("l", "", 10))).hasSize(1);
            assertThat(Requests.get(journal.check()).problems()).hasSize(1);
        }
    }

    @Test
    void aChangedSecretIsNotUsed() throws Exception {
        fixture.open().close();
        execute("update meta set content = x'02' where name = 'secret'");
        assertThatThrownBy(fixture::open)
                .isInstanceOf(JournalOpenException.class)
                .hasMessageContaining("table meta, secret");
    }

    // ---- the log

    /** A copy of the files of a journal with so many commits of one entry, as a lost process leaves them. */
    private Path log(int commits) throws IOException {
        try (Journal journal = fixture.open()) {
            for (int i = 0; i < commits; i++) {
                Requests.append(journal, Requests.said("r", i, 1, 1));
            }
            for (String name : List.of("parley.db", "parley.db-wal", "parley.lock")) {
                Files.copy(fixture.folder().resolve(name), copy.resolve(name));
            }
        }
        return copy.resolve("parley.db-wal");
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 4;
        Files.write(file, bytes);
    }

    /** The places of frames that end a transaction. */
    private static List<Long> commits(Path log) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log));
        List<Long> commits = new ArrayList<>();
        for (int at = HEADER; at + FRAME <= bytes.capacity(); at += FRAME) {
            if (bytes.getInt(at + 4) != 0) {
                commits.add((long) at);
            }
        }
        return commits;
    }

    @Test
    void aGoodLogIsTaken() throws IOException {
        Path log = log(20);
        assertThat(commits(log)).hasSizeGreaterThan(20);
        assertThat(Wal.damage(log)).isNull();
        try (JdbcJournal journal = JdbcJournal.sqlite(copy)) {
            assertThat(Requests.seqs(journal, "r")).hasSize(20);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9, 13, 17, 24, 2_000, 4_119})
    void aChangeInTheMiddleOfTheLogIsFound(int at) throws IOException {
        Path log = log(20);
        List<Long> commits = commits(log);
        long bad = commits.get(commits.size() - 6);
        flip(log, bad + at);
        byte[] before = Files.readAllBytes(log);
        assertThatThrownBy(() -> JdbcJournal.sqlite(copy))
                .isInstanceOf(JournalOpenException.class)
                .hasMessageContaining("parley.db-wal")
                .hasMessageContaining("byte " + bad);
        assertThat(Files.readAllBytes(log)).as("the log is left as it was").isEqualTo(before);
    }

    @Test
    void aChangedHeaderOfTheLogIsFound() throws IOException {
        for (int at = 0; at < HEADER; at++) {
            Path log = at == 0 ? log(20) : copy.resolve("parley.db-wal");
            flip(log, at);
            assertThat(Wal.damage(log)).as("byte %d changed", at).isNotNull();
            flip(log, at);
            assertThat(Wal.damage(log)).isNull();
        }
    }

    @Test
    void aTornLastCommitIsDropped() throws IOException {
        Path log = log(20);
        List<Long> commits = commits(log);
        long last = commits.get(commits.size() - 1);
        byte[] whole = Files.readAllBytes(log);
        long before = commits.get(commits.size() - 2) + FRAME;
        for (long end = before; end < last + FRAME; end += 1_000) {
            Files.write(log, Arrays.copyOf(whole, (int) end));
            assertThat(Wal.damage(log)).as("log of %d bytes", end).isNull();
        }
        byte[] reordered = whole.clone(); // the first page was not written, the others were
        Arrays.fill(reordered, (int) before, (int) before + FRAME, (byte) 0);
        Files.write(log, reordered);
        assertThat(Wal.damage(log)).isNull();
        try (JdbcJournal journal = JdbcJournal.sqlite(copy)) {
            assertThat(Requests.seqs(journal, "r")).hasSize(19);
        }
    }
}
