package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes loses nothing that was acknowledged. */
final class SqliteKillTest {
    @TempDir
    private Path folder;

    private final Map<String, Long> acknowledged = new HashMap<>();

    /** Runs the program until it has said so many lines. */
    private void kill(Durability durability, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        durability.name(),
                        String.valueOf(lines))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                String[] words = line.split(" ");
                acknowledged.put(words[0], Long.parseLong(words[1]));
            }
        }
        assertThat(process.waitFor()).isEqualTo(9);
    }

    @Test
    void whatWasAcknowledgedIsThere() throws IOException, InterruptedException {
        Map<String, KeptRoom> before = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            kill(Durability.FULL, 100 + 97 * i);
            try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
                acknowledged.forEach((room, head) -> {
                    KeptRoom opened = Requests.get(journal.open(room));
                    assertThat(opened.head()).as("head of %s", room).isBetween(head, head + 3);
                    assertThat(opened.head() % 3).as("whole requests").isZero();
                    assertThat(Requests.seqs(journal, room)).hasSize((int) opened.head());
                    KeptRoom last = before.put(room, opened);
                    assertThat(last == null || last.epoch() == opened.epoch())
                            .as("the epoch stays")
                            .isTrue();
                });
                assertThat(Requests.get(journal.check()).problems()).isEmpty();
            }
        }
        assertThat(acknowledged).hasSize(8);
    }

    @Test
    void afterARelaxedEndTheEpochsAreOthers() throws IOException, InterruptedException {
        kill(Durability.RELAXED, 100);
        KeptRoom first;
        try (Journal journal = JdbcJournal.sqlite(folder)) { // the new one is not relaxed, but the lost one was
            first = Requests.get(journal.open("room0"));
            assertThat(first.head()).isGreaterThanOrEqualTo(acknowledged.get("room0"));
        }
        JdbcJournalOptions relaxed = JdbcJournalOptions.DEFAULT.withDurability(Durability.RELAXED);
        try (Journal journal = JdbcJournal.sqlite(folder, relaxed)) {
            assertThat(Requests.get(journal.open("room0")))
                    .as("after a clean end")
                    .isEqualTo(first);
        }
        kill(Durability.RELAXED, 100);
        try (Journal journal = JdbcJournal.sqlite(folder, relaxed)) {
            assertThat(Requests.get(journal.open("room0")).epoch()).isNotEqualTo(first.epoch());
        }
    }
}
