package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult.Kept;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.model.EntryPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is over a bound goes, the oldest first; the rest stays as it was. */
final class SqliteRetentionTest {
    private static final String TEXT = "x".repeat(1_000);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final SqliteFixture fixture =
            new SqliteFixture(JdbcJournalOptions.DEFAULT, new Clocks(nanos::get, millis::get));

    @AfterEach
    void end() {
        fixture.close();
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }

    /** Says something in a room, in requests of some entries. */
    private void say(Journal journal, String room, long head, long origin, int count, int each) {
        for (int i = 0; i < count; i += each) {
            AppendRequest request = Requests.said(room, head + i, origin, each, millis.get(), TEXT);
            assertThat(Requests.append(journal, request)).isInstanceOf(Kept.class);
        }
    }

    private static long floor(Journal journal, String room) {
        return Requests.get(journal.open(room)).floor();
    }

    private static void isWhole(JdbcJournal journal, String room) {
        EntryPage page = Requests.page(journal, room);
        KeptRoom opened = Requests.get(journal.open(room));
        assertThat(page.floor()).isEqualTo(opened.floor());
        assertThat(page.entries()).hasSize((int) (opened.head() - opened.floor() + 1));
        assertThat(Requests.get(journal.check()).problems()).isEmpty();
    }

    @Test
    void aRoomKeepsSoManyEntries() {
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT.withKeepEntries(100))) {
            say(journal, "other", 0, 2, 90, 10);
            say(journal, "r", 0, 1, 1_000, 10);
            await(() -> floor(journal, "r") == 901);
            isWhole(journal, "r");
            assertThat(floor(journal, "other")).isEqualTo(1);
            assertThat(Requests.get(journal.find(1, 0, 1_000))).hasSize(100).allMatch(one -> one.seq() > 900);
            say(journal, "r", 1_000, 1, 10, 1);
            assertThat(floor(journal, "r")).isBetween(901L, 911L);
        }
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT.withKeepEntries(7))) {
            await(() -> floor(journal, "r") == 1_004 && floor(journal, "other") == 84);
            isWhole(journal, "other");
        }
    }

    @Test
    void aRoomKeepsSoManyBytesAndItsNewestEntry() {
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT.withKeepBytes(50_000))) {
            say(journal, "r", 0, 1, 400, 10);
            await(() -> floor(journal, "r") > 345);
            assertThat(floor(journal, "r")).isLessThan(360);
            isWhole(journal, "r");
            AppendRequest large = Requests.said("r", 400, 1, 1, 0, "x".repeat(60_000));
            Requests.append(journal, large);
            await(() -> floor(journal, "r") == 401);
            isWhole(journal, "r");
        }
    }

    @Test
    void allRoomsTogetherKeepSoManyBytes() {
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT.withKeepBytesInAll(200_000))) {
            say(journal, "old", 0, 1, 100, 10);
            say(journal, "gone", 0, 9, 50, 10);
            Requests.get(journal.forget("gone"));
            say(journal, "r", 0, 2, 150, 10);
            await(() -> floor(journal, "old") > 55);
            assertThat(floor(journal, "old")).isLessThan(75);
            assertThat(floor(journal, "r")).isEqualTo(1);
            isWhole(journal, "old");
            say(journal, "r", 150, 2, 300, 10);
            await(() -> floor(journal, "r") > 240);
            KeptRoom old = Requests.get(journal.open("old"));
            assertThat(old.floor()).isEqualTo(old.head() + 1);
            assertThat(Requests.append(journal, Requests.said("old", 100, 1, 1)))
                    .isEqualTo(new Kept(101));
            isWhole(journal, "r");
            isWhole(journal, "old");
        }
    }

    @Test
    void whatIsTooOldGoes() {
        Duration day = Duration.ofDays(1);
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT.withKeepAge(day))) {
            say(journal, "r", 0, 1, 600, 20);
            say(journal, "s", 0, 2, 5, 5);
            millis.addAndGet(day.toMillis() / 2);
            say(journal, "r", 600, 1, 20, 20);
            millis.addAndGet(day.toMillis() / 2 + 1);
            assertThat(floor(journal, "r")).isEqualTo(1);
            nanos.addAndGet(Duration.ofMinutes(2).toNanos()); // it looks once a minute
            await(() -> floor(journal, "r") == 601 && floor(journal, "s") == 6);
            isWhole(journal, "r");
            millis.addAndGet(day.toMillis());
            nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            await(() -> floor(journal, "r") == 621);
            assertThat(Requests.append(journal, Requests.said("r", 620, 1, 1))).isEqualTo(new Kept(621));
            isWhole(journal, "r");
        }
    }

    @Test
    void deletedTextIsNotInTheFile() throws IOException {
        String secret = "what nobody may read any more ";
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT)) {
            Requests.append(journal, Requests.said("r", 0, 1, 50, 0, secret));
            Requests.append(journal, Requests.said("s", 0, 2, 50, 0, "kept "));
            Requests.get(journal.forget("r"));
        }
        byte[] file = Files.readAllBytes(fixture.folder().resolve("parley.db"));
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("kept 50");
        assertThat(text.contains(secret)).isFalse();
    }
}
