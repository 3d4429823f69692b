package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The index of words in PostgreSQL, with one process and with several. */
final class PostgresIndexTest {
    private static final int LATER = 1_500; // blocks

    private final PostgresFixture fixture = new PostgresFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    private long number(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(fixture.url(), PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private void await(String sql, long expected) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> number(sql) == expected);
    }

    private static List<Long> found(Journal journal, String words) {
        List<Long> found = new ArrayList<>();
        SearchQuery query = SearchQuery.of(words, 300);
        EntryPage page = Requests.get(journal.search("r", query));
        page.entries().forEach(entry -> found.add(entry.seq()));
        while (page.more()) {
            page = Requests.get(journal.search("r", query.below(page.floor())));
            page.entries().forEach(entry -> found.add(entry.seq()));
        }
        return found;
    }

    @Test
    void aDatabaseOfTheFirstVersionGetsAnIndex() {
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 300, 0, "word "));
        }
        PostgresServer.execute(
                fixture.url(),
                "drop table parley.search",
                "drop table parley.indexed",
                "update parley.version set number = 1");
        try (JdbcJournal journal = fixture.open()) {
            assertThat(found(journal, "word 30")).containsExactly(300L, 30L);
            await("select coalesce(sum(seq), 0) from parley.indexed", 256);
            assertThat(number("select count(*) from parley.search")).isEqualTo(4);
            assertThat(found(journal, "word 30")).containsExactly(300L, 30L);
            assertThat(number("select number from parley.version")).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void aDatabaseOfTheSecondVersionGetsBlocks() {
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 64, 0, "word "));
            await("select coalesce(sum(seq), 0) from parley.indexed", 64);
        }
        PostgresServer.execute(
                fixture.url(),
                "drop table parley.search",
                "create table parley.search (room integer not null, seq bigint not null, terms tsvector not null,"
                        + " primary key (room, seq))",
                "create index search_terms on parley.search using gin (terms)",
                "update parley.version set number = 2");
        try (JdbcJournal journal = fixture.open()) {
            assertThat(found(journal, "word 30")).containsExactly(30L);
            await("select coalesce(sum(seq), 0) from parley.indexed", 64);
            assertThat(number("select max(last) - min(first) from parley.search"))
                    .isEqualTo(63);
            assertThat(found(journal, "word 30")).containsExactly(30L);
        }
    }

    @Test
    void twoProcessesIndexEachEntryOnce() {
        try (JdbcJournal one = fixture.open();
                JdbcJournal two = fixture.open()) {
            for (long head = 0; head < 1_000; head += 100) {
                Requests.append(head % 200 == 0 ? one : two, Requests.said("r", head, 1, 100, 0, "word "));
            }
            await("select coalesce(sum(seq), 0) from parley.indexed", 960);
            assertThat(number("select count(*) from parley.search")).isEqualTo(15);
            assertThat(found(one, "word")).hasSize(1_000).isEqualTo(found(two, "word"));
            assertThat(found(two, "word 777")).containsExactly(777L);
        }
    }

    @Test
    void deletedEntriesLeaveIt() {
        try (JdbcJournal journal = fixture.open(JdbcJournalOptions.DEFAULT.withKeepEntries(100))) {
            for (long head = 0; head < 1_000; head += 100) {
                Requests.append(journal, Requests.said("r", head, 1, 100, 0, "word "));
            }
            await("select floor from parley.room", 901);
            await(
                    "select count(*) from parley.room r join parley.indexed i on i.room = r.id where r.head - i.seq < 64",
                    1);
            await("select count(*) from parley.search where last < 901", 0);
            assertThat(number("select count(*) from parley.search")).isBetween(1L, 2L);
            assertThat(found(journal, "word")).hasSize(100).allMatch(seq -> seq > 900);
            Requests.get(journal.forget("r"));
            await("select count(*) from parley.search", 0);
            assertThat(number("select count(*) from parley.indexed")).isZero();
        }
    }

    @Test
    void ofABlockOnlyTheEntriesWithAllWordsAreFound() {
        try (JdbcJournal journal = fixture.open()) {
            for (long head = 0; head < 640; head += 2) {
                Requests.append(journal, Requests.said("r", head, 1, 1, 0, "left "));
                Requests.append(journal, Requests.said("r", head + 1, 1, 1, 0, "right "));
            }
            await("select coalesce(sum(seq), 0) from parley.indexed", 640);
            assertThat(found(journal, "left 77")).containsExactly(77L);
            assertThat(found(journal, "right 77")).isEmpty();
            assertThat(found(journal, "left right")).isEmpty();
            assertThat(found(journal, "right")).hasSize(320).allMatch(seq -> seq % 2 == 0);
        }
    }

    @Test
    void longMessagesFitIntoAVector() {
        Random random = new Random(3);
        try (JdbcJournal journal = fixture.open()) {
            for (long head = 0; head < 64; head++) {
                String text = random.ints(4_000, 0x4e00, 0x9f00)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
                Requests.append(journal, Requests.said("r", head, 1, 1, 0, text + " word "));
            }
            await("select coalesce(sum(seq), 0) from parley.indexed", 64);
            assertThat(found(journal, "word 40")).containsExactly(40L);
        }
    }

    @Test
    void onlyTheIndexIsNotSynced() throws SQLException {
        fixture.open().close();
        Postgres database = new Postgres(fixture.url(), PostgresServer.USER, PostgresServer.PASSWORD);
        try (Link link = database.writer()) {
            database.begin(link);
            new PostgresIndex("here").insert(link, 1, List.of(new IndexRow(1, 1, List.of("word"), 4)));
            assertThat(link.<String>one("show synchronous_commit", row -> row.getString(1)))
                    .isEqualTo("off");
            database.commit(link);
            assertThat(link.<String>one("show synchronous_commit", row -> row.getString(1)))
                    .isEqualTo("on");
        }
    }

    @Test
    void ofARoomThatWasForgottenTheWholeBlockLeavesIt() throws SQLException {
        fixture.open().close();
        PostgresServer.execute(
                fixture.url(),
                "insert into parley.entry (room, seq, origin, cid, time, content, crc) values (9, 70, 5, 6, 0, '', 0)",
                "insert into parley.search values (9, 1, 64, '''_9'':1'), (9, 65, 128, '''_9'':1'), (8, 65, 128, '''_8'':1')");
        Postgres database = new Postgres(fixture.url(), PostgresServer.USER, PostgresServer.PASSWORD);
        try (Link link = database.writer()) {
            new PostgresIndex("here").deleteForgotten(link, 5, 7);
            assertThat(number("select count(*) from parley.search")).isEqualTo(3);
            new PostgresIndex("here").deleteForgotten(link, 5, 6);
            assertThat(number("select count(*) from parley.search")).isEqualTo(2);
            assertThat(number("select count(*) from parley.search where room = 9 and first = 65"))
                    .isZero();
        }
    }

    // ---- bounded work

    /** The oldest ten blocks are those of entries. In the later ones no entry has both words. */
    private void fill() {
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 640, 0, "left right old "));
            await("select coalesce(sum(seq), 0) from parley.indexed", 640);
        }
        PostgresServer.execute(
                fixture.url(),
                "insert into parley.search select 1, 641 + 64 * n, 704 + 64 * n, '''_1'':1,2 ''left'':1 ''right'':2'"
                        + " from generate_series(0, " + (LATER - 1) + ") as g (n)");
    }

    /** Searches downwards for ten entries; how many calls it took. */
    private static int search(Link link, List<Long> found, String... terms) throws SQLException {
        int calls = 0;
        long top = 640 + 64 * LATER;
        while (top > 0 && found.size() < 10) {
            SearchIndex.Found some = new PostgresIndex("here").find(link, 1, List.of(terms), 1, top, 10 - found.size());
            some.rows().forEach(row -> found.add(row.seq()));
            assertThat(some.down()).as("comes down").isLessThanOrEqualTo(top);
            top = some.down() - 1;
            calls++;
        }
        return calls;
    }

    @Test
    void wordsThatOnlyOldEntriesHaveAreFoundWithBoundedWork() throws SQLException {
        fill();
        Postgres database = new Postgres(fixture.url(), PostgresServer.USER, PostgresServer.PASSWORD);
        try (Link link = database.reader()) {
            database.beginReading(link);
            List<Long> found = new ArrayList<>();
            assertThat(search(link, found, "left", "right", "_1"))
                    .as("a call looks into 508 blocks at most, of 1,510")
                    .isEqualTo(3);
            assertThat(found).containsExactly(640L, 639L, 638L, 637L, 636L, 635L, 634L, 633L, 632L, 631L);
            found.clear();
            assertThat(search(link, found, "old", "_1"))
                    .as("blocks without the word are passed over")
                    .isEqualTo(1);
            assertThat(found).startsWith(640L, 639L).hasSize(10);
            assertThat(search(link, new ArrayList<>(), "absent", "_1")).isEqualTo(1);
            assertThat(search(link, new ArrayList<>(), "left", "_2")).isEqualTo(1);
        }
    }

    @Test
    void eachStatementUsesAnIndex() throws SQLException {
        fill();
        Postgres database = new Postgres(fixture.url(), PostgresServer.USER, PostgresServer.PASSWORD);
        try (Link link = database.reader()) {
            database.beginReading(link);
            search(link, new ArrayList<>(), "old", "_1");
            assertThat(plan(link, PostgresIndex.NEWEST, 1, 1L, 5_000L, 16))
                    .contains("search_pkey")
                    .doesNotContain("Seq Scan");
            assertThat(plan(link, PostgresIndex.WITH_TERMS, "'left' & '_1'", 1, 1L, 5_000L, 500))
                    .contains("search_terms")
                    .doesNotContain("Seq Scan");
            Array terms = link.connection().createArrayOf("text", new Object[] {"left"});
            Array blocks = link.connection().createArrayOf("int8", new Object[] {1L, 65L});
            assertThat(plan(link, PostgresIndex.LOOK, 1, blocks, terms, 1, "'left'", 1, 1L, 5_000L, 51))
                    .contains("search_pkey", "entry_place")
                    .doesNotContain("Seq Scan");
        }
    }

    private static String plan(Link link, String sql, Object... parameters) throws SQLException {
        return String.join("\n", link.all("explain " + sql, row -> row.getString(1), parameters));
    }
}
