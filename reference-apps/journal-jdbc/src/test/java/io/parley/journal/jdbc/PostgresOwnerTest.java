package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL database that is one process's. */
final class PostgresOwnerTest {
    private static final KeyValue VALUE = new KeyValue("k", "a", Bytes.fromHex("01"));
    private static final String END_THE_LOCK = "select pg_terminate_backend(pid) from pg_locks"
            + " where locktype = 'advisory' and objid = 1 and granted"
            + " and database = (select oid from pg_database where datname = current_database())";

    private String url;

    @BeforeEach
    void takesADatabase() {
        url = PostgresServer.take();
    }

    @AfterEach
    void givesItBack() {
        PostgresServer.giveBack(url);
    }

    private JdbcJournal open() {
        return JdbcJournal.exclusivePostgres(
                url, PostgresServer.USER, PostgresServer.PASSWORD, JdbcJournalOptions.DEFAULT);
    }

    /** Opens the database that another has: its lock ends. The other may be the first to lock again; then once more. */
    private JdbcJournal takeOver() {
        JournalOpenException faster = null;
        for (int i = 0; i < 100; i++) {
            PostgresServer.execute(url, END_THE_LOCK);
            try {
                return open();
            } catch (JournalOpenException again) {
                faster = again;
            }
        }
        throw new AssertionError("it always was faster", faster);
    }

    @Test
    void aSecondOneIsToldWhoHasIt() {
        try (JdbcJournal first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalOpenException.class)
                    .hasMessageContainingAll(
                            "another server uses this database",
                            "parley, process " + ProcessHandle.current().pid(),
                            "Stop that server");
            Requests.append(first, Requests.said("r", 0, 1, 1));
        }
        try (JdbcJournal second = open()) {
            assertThat(Requests.seqs(second, "r")).hasSize(1);
        }
    }

    @Test
    void whatIsClosedHasGivenTheLockBack() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
                PreparedStatement locks = connection.prepareStatement(
                        "select 1 from pg_locks where locktype = 'advisory' and granted and database ="
                                + " (select oid from pg_database where datname = current_database())")) {
            for (int i = 0; i < 100; i++) {
                PostgresOwner owner = owner();
                owner.take();
                assertThat(locks.executeQuery().next()).isTrue();
                owner.close();
                assertThat(locks.executeQuery().next()).isFalse(); // a server may start directly behind one that stops
            }
        }
    }

    @Test
    void whoeverIsRefusedIsToldByWhom() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                takeAndClose();
                ready.countDown();
            }
        });
        assertThat(ready.await(60, TimeUnit.SECONDS)).isTrue();
        String process = "parley, process " + ProcessHandle.current().pid();
        try {
            for (int i = 0; i < 200; i++) {
                String refused = takeAndClose();
                assertThat(refused == null ? process : refused).contains(process);
            }
        } finally {
            done.set(true);
        }
        assertThat(other).succeedsWithin(Duration.ofSeconds(60));
    }

    /** Takes the lock and gives it back; the words if it was another's. */
    private @Nullable String takeAndClose() {
        PostgresOwner owner = owner();
        try {
            owner.take();
            return null;
        } catch (JournalOpenException held) {
            return held.getMessage();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        } finally {
            owner.close();
        }
    }

    private PostgresOwner owner() {
        return new PostgresOwner(Postgres.exclusive(url, PostgresServer.USER, PostgresServer.PASSWORD));
    }

    @Test
    void whoeverLostTheLockAndWasReplacedWritesNoMore() {
        try (JdbcJournal first = open()) {
            Requests.append(first, Requests.said("r", 0, 1, 1));
            try (JdbcJournal second = takeOver()) {
                Requests.get(second.put(List.of(VALUE)));
                assertThat(Requests.failure(first.put(List.of(new KeyValue("k", "a", null)))))
                        .isInstanceOf(NotKeptException.class)
                        .hasMessageContaining("another process");
                assertThat(Requests.failure(first.append(Requests.said("r", 1, 1, 1))))
                        .isInstanceOf(NotKeptException.class);
                Requests.append(second, Requests.said("r", 1, 1, 1));
                assertThat(Requests.get(second.values("k", "", 9))).containsExactly(VALUE);
            }
        }
    }

    @Test
    void whoeverWasReplacedDoesNotTakeTheLockBackAndIsTold() {
        try (JdbcJournal first = open()) {
            assertThat(first.takenOver()).isNotDone();
            try (JdbcJournal second = takeOver()) {
                assertThat(second.takenOver()).isNotDone();
            }
            // It writes nothing, and finds out as it locks again: nobody else has the lock now.
            assertThat(first.takenOver()).succeedsWithin(Duration.ofSeconds(60));
            open().close();
        }
    }

    @Test
    void whoeverIsToldByAWriteIsToldOnce() {
        try (JdbcJournal first = open()) {
            AtomicInteger times = new AtomicInteger();
            CompletableFuture<?> told = first.takenOver().thenRun(times::incrementAndGet);
            PostgresServer.execute(
                    url,
                    "update parley.meta set content = 'x', crc = " + Sums.value("meta", "owner", new byte[] {'x'})
                            + " where name = 'owner'");
            assertThat(Requests.failure(first.put(List.of(VALUE)))).isInstanceOf(NotKeptException.class);
            assertThat(Requests.failure(first.put(List.of(VALUE)))).isInstanceOf(NotKeptException.class);
            assertThat(told).succeedsWithin(Duration.ofSeconds(60));
            assertThat(times).hasValue(1);
        }
    }

    @Test
    void aTransactionThatAnotherServerLeftOpenIsToldInWords() throws Exception {
        open().close();
        Postgres database = Postgres.exclusive(url, PostgresServer.USER, PostgresServer.PASSWORD);
        Store store = new Store(database);
        try (Link other = database.writer();
                Link link = database.writer()) {
            database.begin(other);
            store.meta().share(other, MetaTable.OWNER);
            link.execute("set lock_timeout = '10ms'");
            database.begin(link);
            assertThatThrownBy(() -> database.own(link, store))
                    .isInstanceOf(JournalOpenException.class)
                    .hasMessageContainingAll("connection of another server is still open", "within about a minute");
        }
    }

    @Test
    void aConnectionThatWritesEndsByItselfWhenItsProcessIsGone() throws Exception {
        Postgres database = Postgres.exclusive(url, PostgresServer.USER, PostgresServer.PASSWORD);
        try (Link link = database.writer();
                Link reader = database.reader()) {
            assertThat(setting(link, "tcp_keepalives_idle")).isEqualTo("30");
            assertThat(setting(link, "idle_in_transaction_session_timeout")).isEqualTo("1min");
            assertThat(setting(link, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(reader, "default_transaction_read_only")).isEqualTo("on");
            assertThat(setting(reader, "idle_in_transaction_session_timeout")).isEqualTo("0");
        }
    }

    private static String setting(Link link, String name) throws SQLException {
        return link.one("show " + name, row -> row.getString(1));
    }

    @Test
    void aReaderNeedsNoLock() throws Exception {
        try (JdbcJournal journal = open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 3));
            try (JournalReader reader = JournalReader.postgres(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
                assertThat(reader.check()).isEqualTo(new CheckReport(1, 3, 0, List.of()));
                assertThat(reader.read("r", 0, 10).entries()).hasSize(3);
                assertThatThrownBy(() -> reader.backup(Path.of("x"))).hasMessageContaining("pg_dump");
            }
        }
    }

    @Test
    void aPasswordInTheAddressIsNotTold() {
        String with = url + "?password=hunter2&user=postgres";
        assertThatThrownBy(() -> JournalReader.postgres(with, "postgres", ""))
                .isInstanceOf(JournalOpenException.class)
                .hasMessageContaining("there is no journal")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> JournalReader.postgres("jdbc:no://ann:hunter2@host/db?password=hunter2", "a", ""))
                .isInstanceOf(JournalOpenException.class)
                .hasMessageNotContaining("hunter2");
    }
}
