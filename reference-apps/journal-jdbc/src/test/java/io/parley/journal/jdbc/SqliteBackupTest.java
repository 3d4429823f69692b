package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, and the check of what is kept. */
final class SqliteBackupTest {
    private static final KeyValue VALUE = new KeyValue("k", "a", Bytes.fromHex("01"));

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    @Test
    void aBackupIsAJournalWithOtherEpochs() throws IOException {
        byte[] secret;
        KeptRoom old;
        try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
            Requests.append(journal, Requests.ban("r", 0, 1));
            Requests.append(journal, Requests.said("r", 1, 1, 99));
            Requests.get(journal.put(List.of(VALUE)));
            Requests.get(journal.backup(other.resolve("parley.db")));
            Requests.append(journal, Requests.said("r", 100, 1, 5));
            old = Requests.get(journal.open("r"));
            secret = journal.secret();
        }
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files).containsExactly(other.resolve("parley.db"));
        }
        try (JdbcJournal journal = JdbcJournal.sqlite(other)) {
            KeptRoom opened = Requests.get(journal.open("r"));
            assertThat(opened).isEqualTo(new KeptRoom(old.number(), opened.epoch(), 100, 1, old.state()));
            assertThat(opened.epoch()).isNotEqualTo(old.epoch());
            assertThat(journal.secret()).isEqualTo(secret);
            assertThat(Requests.seqs(journal, "r")).hasSize(100);
            assertThat(Requests.get(journal.values("k", "", 10))).containsExactly(VALUE);
            assertThat(Requests.get(journal.check())).isEqualTo(new CheckReport(1, 100, 1, List.of()));
        }
        try (Journal journal = JdbcJournal.sqlite(folder)) {
            assertThat(Requests.get(journal.open("r"))).as("the original").isEqualTo(old);
        }
    }

    @Test
    void aBackupOverwritesNothing() throws IOException {
        Path file = Files.writeString(other.resolve("file"), "precious");
        try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
            assertThat(Requests.failure(journal.backup(file))).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(Requests.failure(journal.backup(other.resolve("none/file"))))
                    .isInstanceOf(Exception.class);
            Requests.append(journal, Requests.said("r", 0, 1, 1));
        }
        assertThat(file).content().isEqualTo("precious");
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void messagesAreKeptDuringABackupAndACheck() {
        try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
            long head = 0;
            for (; head < 20_000; head += 500) {
                Requests.append(journal, Requests.said("r", head, 1, 500));
            }
            CompletableFuture<?> backup = journal.backup(other.resolve("parley.db"));
            CompletableFuture<CheckReport> check = journal.check();
            int during = 0;
            do {
                Requests.append(journal, Requests.said("r", head++, 1, 1));
                during++;
            } while (!check.isDone());
            assertThat(during).isGreaterThan(1);
            assertThat(Requests.get(check).problems()).isEmpty();
            assertThat(backup).isDone();
            assertThat(Requests.get(journal.open("r")).head()).isEqualTo(head);
        }
        try (JdbcJournal journal = JdbcJournal.sqlite(other)) {
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
            assertThat(Requests.seqs(journal, "r")).hasSizeGreaterThanOrEqualTo(20_000);
        }
    }

    @Test
    void theEndWaitsForABackup() {
        CompletableFuture<?> backup;
        try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
            Requests.append(journal, Requests.said("r", 0, 1, 500));
            backup = journal.backup(other.resolve("parley.db"));
        }
        assertThat(backup).isCompleted();
        JdbcJournal closed = JdbcJournal.sqlite(folder);
        closed.close();
        assertThat(Requests.failure(closed.check())).hasMessageContaining("closed");
    }
}
