package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The index of words in PostgreSQL, with one process and with several. */
final class PostgresIndexTest {
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
            await("select coalesce(sum(seq), 0) from parley.indexed", 300);
            assertThat(number("select count(*) from parley.search")).isEqualTo(300);
            assertThat(found(journal, "word 30")).containsExactly(300L, 30L);
            assertThat(number("select number from parley.version")).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void twoProcessesIndexEachEntryOnce() {
        try (JdbcJournal one = fixture.open();
                JdbcJournal two = fixture.open()) {
            for (long head = 0; head < 1_000; head += 100) {
                Requests.append(head % 200 == 0 ? one : two, Requests.said("r", head, 1, 100, 0, "word "));
            }
            await("select coalesce(sum(seq), 0) from parley.indexed", 1_000);
            assertThat(number("select count(*) from parley.search")).isEqualTo(1_000);
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
            await("select coalesce(max(seq), 0) from parley.indexed", 1_000);
            await("select count(*) from parley.search", 100);
            assertThat(found(journal, "word")).hasSize(100).allMatch(seq -> seq > 900);
            Requests.get(journal.forget("r"));
            await("select count(*) from parley.search", 0);
            assertThat(number("select count(*) from parley.indexed")).isZero();
        }
    }
}
