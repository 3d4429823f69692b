package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.AppendResult.Kept;
import io.parley.journal.NotKeptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A disk that is really full. The environment variable PARLEY_SMALL_DISK names an empty folder on a file system of 128 MiB, as
 * made by {@code mount -t tmpfs -o size=128m none FOLDER}; without it the test is skipped. {@code .ci/run} mounts one where it may.
 */
@EnabledIfEnvironmentVariable(named = "PARLEY_SMALL_DISK", matches = ".+")
final class SqliteFullDiskTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Path disk = Path.of(System.getenv("PARLEY_SMALL_DISK"));
    private final Clocks clocks = new Clocks(nanos::get, System::currentTimeMillis);

    @AfterEach
    void empty() throws IOException {
        try (Stream<Path> all = Files.walk(disk)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!one.equals(disk)) {
                    Files.delete(one);
                }
            }
        }
    }

    @Test
    void aFullDiskStopsMessagesOnly() throws IOException {
        Path ballast = disk.resolve("ballast");
        byte[] noise = new byte[64 << 20];
        new Random(1).nextBytes(noise);
        Files.write(ballast, noise);
        Path folder = disk.resolve("journal");
        long head = 0;
        try (JdbcJournal journal = Opening.sqlite(folder, JdbcJournalOptions.DEFAULT, clocks)) {
            Requests.append(journal, Requests.said("small", 0, 2, 5));
            for (int round = 0; round < 2; round++) {
                head = fill(journal, head);
                assertThat(folder.resolve("parley.reserve")).doesNotExist();
                assertThat(Requests.seqs(journal, "small")).hasSize(5 + round);
                for (int i = 0; i < 20; i++) {
                    assertThat(Requests.append(journal, Requests.ban("ban" + round, i, 3 + round)))
                            .isEqualTo(new Kept(1));
                }
                assertThat(Requests.failure(journal.append(Requests.said("small", 5 + round, 2, 1))))
                        .isInstanceOf(NotKeptException.class);
                assertThat(Requests.get(journal.check()).problems()).isEmpty();
                if (round == 0) {
                    Files.delete(ballast);
                } else {
                    Requests.get(journal.forget("big"));
                }
                nanos.addAndGet(2_000_000_000L);
                assertThat(Requests.append(journal, Requests.said("small", 5 + round, 2, 1)))
                        .isEqualTo(new Kept(1));
            }
        }
        try (JdbcJournal journal = Opening.sqlite(folder, JdbcJournalOptions.DEFAULT, clocks)) {
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
            assertThat(Requests.seqs(journal, "small")).hasSize(7);
        }
    }

    /** Says something until the disk is full; where the head is then. */
    private static long fill(JdbcJournal journal, long from) {
        long head = from;
        while (true) {
            AppendRequest request = Requests.said("big", head, 1, 16, 0, "x".repeat(1_000));
            CompletableFuture<AppendResult> answer = journal.append(request);
            try {
                assertThat(answer.join()).isEqualTo(new Kept(1));
                head = request.head();
            } catch (CompletionException full) {
                if (full.getCause() instanceof NotKeptException) {
                    return head;
                } // else it is not known, and asked again
            }
        }
    }
}
