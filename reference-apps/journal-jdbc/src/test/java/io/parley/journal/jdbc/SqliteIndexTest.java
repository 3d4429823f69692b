package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of words: it follows what is kept, through restarts, deletions, a full disk and an older database. */
final class SqliteIndexTest {
    private static final String SEARCHED = "select count(*) from search_docsize";
    private static final String POSITIONS = "select coalesce(sum(seq), 0) from indexed";

    private final AtomicLong nanos = new AtomicLong();
    private final SqliteFixture fixture =
            new SqliteFixture(JdbcJournalOptions.DEFAULT, new Clocks(nanos::get, System::currentTimeMillis));

    @TempDir
    private Path temporary;

    @AfterEach
    void end() {
        fixture.close();
    }

    private long number(String sql) {
        return number(fixture.folder(), sql);
    }

    private static long number(Path folder, String sql) {
        try (Connection connection = connect(folder);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void execute(Path folder, String... all) {
        try (Connection connection = connect(folder);
                Statement statement = connection.createStatement()) {
            for (String sql : all) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Connection connect(Path folder) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
    }

    private void await(String sql, long expected) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> number(sql) == expected);
    }

    private static List<Long> found(Journal journal, String room, SearchQuery query) {
        List<Long> found = new ArrayList<>();
        EntryPage page = Requests.get(journal.search(room, query));
        page.entries().forEach(entry -> found.add(entry.seq()));
        while (page.more()) {
            page = Requests.get(journal.search(room, query.below(page.floor())));
            page.entries().forEach(entry -> found.add(entry.seq()));
        }
        return found;
    }

    private static List<Long> found(Journal journal, String room, String words) {
        return found(journal, room, SearchQuery.of(words, 1_000));
    }

    @Test
    void isFedBehindTheAppends() {
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.ban("r", 0, 1));
            Requests.append(journal, Requests.said("r", 1, 1, 499, 0, "word "));
            Requests.append(journal, Requests.said("s", 0, 2, 10, 0, "word "));
            assertThat(found(journal, "r", "word 477"))
                    .as("before it is indexed, maybe")
                    .containsExactly(477L);
            await(POSITIONS, 510);
            assertThat(number(SEARCHED)).isEqualTo(509);
            assertThat(found(journal, "r", "word 300")).containsExactly(300L);
            assertThat(found(journal, "r", "word")).hasSize(499);
            assertThat(found(journal, "s", "word")).hasSize(10);
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
        }
    }

    @Test
    void goesOnWhereItWas() {
        long head = 0;
        for (int run = 0; run < 4; run++) {
            try (JdbcJournal journal = fixture.open()) {
                for (int i = 0; i < 10; i++) {
                    Requests.append(journal, Requests.said("r", head, 1, 250, 0, "word "));
                    head += 250;
                }
                if (run == 1) {
                    journal.crash();
                }
            }
        }
        try (JdbcJournal journal = fixture.open()) {
            await(POSITIONS, head);
            assertThat(number(SEARCHED)).isEqualTo(head);
            assertThat(found(journal, "r", "word")).hasSize((int) head);
        }
    }

    @Test
    void deletedEntriesLeaveIt() {
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT.withKeepEntries(100))) {
            Requests.append(journal, Requests.said("gone", 0, 9, 50, 0, "word "));
            for (long head = 0; head < 1_000; head += 100) {
                Requests.append(journal, Requests.said("r", head, 1, 100, 0, "word "));
            }
            await("select max(seq) from indexed", 1_000);
            await("select count(*) from entry where room = 2", 100);
            await(SEARCHED, 150);
            assertThat(found(journal, "r", "word")).hasSize(100).allMatch(seq -> seq > 900);
            Requests.get(journal.forget("gone"));
            assertThat(number(SEARCHED)).isEqualTo(100);
            assertThat(number("select count(*) from indexed")).isEqualTo(1);
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
        }
    }

    /** SQLite gives the numbers of the newest rows again, when these were deleted. */
    @Test
    void aRowThatIsUsedAgainIsFoundByItsOwnWords() {
        try (JdbcJournal journal = fixture.open()) {
            for (int round = 0; round < 3; round++) {
                Requests.append(journal, Requests.said("r", 0, round + 1, 40, 0, "old" + round + " "));
                await("select coalesce(max(seq), 0) from indexed", 40);
                assertThat(found(journal, "r", "old" + round + " ")).hasSize(40);
                assertThat(found(journal, "r", "old" + (round - 1))).isEmpty();
                Requests.get(journal.forget("r"));
                assertThat(number(SEARCHED)).isZero();
            }
        }
    }

    @Test
    void aDatabaseOfTheFirstVersionGetsAnIndex() throws IOException {
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.ban("r", 0, 1));
            Requests.append(journal, Requests.said("r", 1, 1, 299, 0, "word "));
            await(POSITIONS, 300);
        }
        execute(fixture.folder(), "drop table search", "drop table indexed", "pragma user_version = 1");
        try (JournalReader reader = JournalReader.sqlite(fixture.folder())) {
            assertThat(reader.read("r", 0, 1_000).entries())
                    .as("read by the new program")
                    .hasSize(300);
            assertThat(reader.check().problems()).isEmpty();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
        assertThat(number("pragma user_version")).isEqualTo(1);
        try (JdbcJournal journal = fixture.open()) {
            assertThat(found(journal, "r", "word")).hasSize(299);
            await(POSITIONS, 300);
            assertThat(number(SEARCHED)).isEqualTo(299);
            assertThat(found(journal, "r", "word 30")).containsExactly(300L, 30L);
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
        }
        assertThat(number("pragma user_version")).isEqualTo(Schema.VERSION);
    }

    @Test
    void aFullDiskStopsItAndNothingElse() {
        try (JdbcJournal journal = fixture.open()) {
            fixture.faults().indexFull(true);
            Requests.append(journal, Requests.said("r", 0, 1, 100, 0, "word "));
            Awaitility.await().until(fixture.faults()::wasIndexRefused);
            Requests.append(journal, Requests.said("r", 100, 1, 100, 0, "word "));
            assertThat(found(journal, "r", "word")).hasSize(200);
            assertThat(Files.exists(fixture.folder().resolve("parley.reserve"))).isTrue();
            assertThat(number(POSITIONS)).isZero();
            fixture.faults().indexFull(false);
            nanos.addAndGet(2_000_000_000L);
            await(POSITIONS, 200);
            assertThat(found(journal, "r", "word")).hasSize(200);
        }
    }

    @Test
    void aDamagedIndexHidesNothingAndIsMadeAnew() {
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 300, 0, "word "));
            await(POSITIONS, 300);
            execute(fixture.folder(), "update search_data set block = x'ffffffff' where id > 10");
            String broken = "select count(*) from search_data where block = x'ffffffff'";
            assertThat(number(broken)).isPositive();
            assertThat(found(journal, "r", "word 30")).containsExactly(300L, 30L);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                nanos.addAndGet(2_000_000_000L); // what finds the damage may fail more than once, and waits then
                return number(broken) == 0;
            });
            await(POSITIONS, 300);
            assertThat(number(SEARCHED)).isEqualTo(300);
            assertThat(found(journal, "r", "word 30")).containsExactly(300L, 30L);
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
        }
    }

    @Test
    void itsPartsAreMerged() {
        try (JdbcJournal journal = fixture.open()) {
            for (int i = 0; i < 40; i++) {
                Requests.append(journal, Requests.said("r", i, 1, 1, 0, "word "));
                await(POSITIONS, i + 1);
            }
            Awaitility.await()
                    .until(() -> number("select count(distinct id >> 37) from search_data where id > 10") < 12);
            assertThat(found(journal, "r", "word")).hasSize(40);
        }
    }

    @Test
    void backupsAndRestoredFoldersAreSearched() throws Exception {
        Path backup = temporary.resolve("backup");
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 300, 0, "word "));
            await(POSITIONS, 300);
            Requests.get(journal.backup(backup));
        }
        Path folder = temporary.resolve("restored");
        assertThat(JournalFolder.restore(backup, folder).isGood()).isTrue();
        assertThat(number(folder, SEARCHED)).as("the index is built anew").isZero();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder)) {
            assertThat(found(journal, "r", "word 30")).containsExactly(300L, 30L);
            Awaitility.await().until(() -> number(folder, POSITIONS) == 300);
            assertThat(found(journal, "r", "word 30")).containsExactly(300L, 30L);
        }
    }

    /** Whatever part of it is indexed, the same is found as by looking at each message. */
    @Test
    void findsWhatTheMemoryJournalFinds() {
        Random random = new Random(11);
        Journal memory = new MemoryJournal(100_000, 1 << 28, 10);
        try (JdbcJournal journal = fixture.open()) {
            for (int round = 0; round < 12; round++) {
                for (String room : List.of("a", "b")) {
                    AppendRequest request = random(random, room, round * 200L, room.equals("a") ? 1 : 2);
                    Requests.append(memory, request);
                    Requests.append(journal, request);
                }
                for (int i = 0; i < 15; i++) {
                    SearchQuery query = query(random);
                    String room = random.nextBoolean() ? "a" : "b";
                    assertThat(found(journal, room, query))
                            .as("round %d, room %s, %s", round, room, query)
                            .isEqualTo(found(memory, room, query));
                }
            }
            await(POSITIONS, 2 * 12 * 200);
            for (int i = 0; i < 300; i++) {
                SearchQuery query = query(random);
                assertThat(found(journal, "a", query)).as("%s", query).isEqualTo(found(memory, "a", query));
            }
        } finally {
            memory.close();
        }
    }

    private static final String[] WORDS = {
        "a",
        "an",
        "ant",
        "anthem",
        "antler",
        "b",
        "be",
        "bee",
        "\u4f60\u597d",
        "\u597d\u5417",
        "\u00e9t\u00e9",
        "ete",
        "7"
    };

    private static String words(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(most); left > 0; left--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(8) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static SearchQuery query(Random random) {
        long since = random.nextInt(3) == 0 ? 100_000L * random.nextInt(2_400) : 0;
        long until = random.nextInt(3) == 0 ? 100_000L * (1 + random.nextInt(2_400)) : 0;
        long before = random.nextInt(4) == 0 ? 1 + random.nextInt(2_400) : 0;
        return new SearchQuery(
                words(random, 2),
                random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0,
                since,
                until,
                before,
                1 + random.nextInt(60));
    }

    private static AppendRequest random(Random random, String room, long head, long origin) {
        List<Entry.Sequenced> entries = new ArrayList<>();
        for (long seq = head + 1; seq <= head + 200; seq++) {
            UserItem author = new UserItem(1 + random.nextInt(3), UserKind.GUEST, "somebody");
            entries.add(new Entry.Message(seq, 100_000 * seq, origin, seq, author, words(random, 6), Tags.NONE));
        }
        return new AppendRequest(room, head, new UUID(origin, head), entries, null, List.of());
    }
}
