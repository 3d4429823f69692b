package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.AppendResult.Already;
import io.parley.journal.AppendResult.Behind;
import io.parley.journal.AppendResult.Kept;
import io.parley.journal.DamagedException;
import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is different in PostgreSQL: several processes, lost connections, and a server that is not ours. */
final class PostgresTest {
    private final PostgresFixture fixture = new PostgresFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    private void execute(String... statements) {
        PostgresServer.execute(fixture.url(), statements);
    }

    private String database() {
        return fixture.url().substring(fixture.url().lastIndexOf('/') + 1);
    }

    // ---- opening

    @Test
    void eachCommitIsSyncedWhateverTheDatabaseSays() throws SQLException {
        execute("alter database " + database() + " set synchronous_commit = off");
        try (Link link = new Postgres(fixture.url(), PostgresServer.USER, PostgresServer.PASSWORD).writer()) {
            assertThat(link.<String>one("show synchronous_commit", row -> row.getString(1)))
                    .isEqualTo("on");
        } finally {
            execute("alter database " + database() + " reset synchronous_commit");
        }
        assertThatThrownBy(() -> fixture.open(JdbcJournalOptions.DEFAULT.withDurability(Durability.RELAXED)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeReachedIsSaidWithoutThePassword() {
        assertThatThrownBy(() -> JdbcJournal.postgres(
                        fixture.url() + "none?password=secret", "ann", "secret", JdbcJournalOptions.DEFAULT))
                .isInstanceOf(JournalOpenException.class)
                .hasMessageContainingAll(database() + "none:", "Check the address")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatALaterVersionWroteIsRefused() {
        fixture.open().close();
        execute("update parley.version set number = " + (Schema.VERSION + 1));
        assertThatThrownBy(fixture::open)
                .isInstanceOf(JournalOpenException.class)
                .hasMessageContaining("version " + (Schema.VERSION + 1));
    }

    @Test
    void manyProcessesMayBeginAtOnce() {
        List<CompletableFuture<JdbcJournal>> opening = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            opening.add(CompletableFuture.supplyAsync(fixture::open));
        }
        List<JdbcJournal> journals = opening.stream().map(Requests::get).toList();
        assertThat(journals)
                .allSatisfy(one ->
                        assertThat(one.secret()).isEqualTo(journals.get(0).secret()));
        journals.forEach(Journal::close);
    }

    // ---- errors

    /** Appends to some rooms, each again until there is an answer, while connections are lost. */
    @Test
    void lostConnectionsLoseNothingAndDoubleNothing() {
        int rooms = 5;
        int requests = 30;
        try (JdbcJournal journal = fixture.open()) {
            List<CompletableFuture<Long>> heads = new ArrayList<>();
            for (int i = 0; i < rooms; i++) {
                heads.add(next(journal, "room" + i, i + 1, 0, requests));
            }
            CompletableFuture<?> all = CompletableFuture.allOf(heads.toArray(CompletableFuture[]::new));
            int lost = 0;
            while (!all.isDone()) {
                PostgresServer.disconnect(fixture.url());
                lost++;
                Requests.failureOrResult(journal.open("other")); // until the writer is there again
            }
            assertThat(lost).isPositive();
            heads.forEach(head -> assertThat(Requests.get(head)).isEqualTo(2L * requests));
            for (int i = 0; i < rooms; i++) {
                int room = i;
                Awaitility.await()
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(Requests.seqs(journal, "room" + room))
                                .hasSize(2 * requests));
            }
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
        }
    }

    private static CompletableFuture<Long> next(Journal journal, String room, long origin, long head, int left) {
        return left == 0
                ? CompletableFuture.completedFuture(head)
                : until(journal, Requests.said(room, head, origin, 2))
                        .thenCompose(kept -> next(journal, room, origin, head + 2, left - 1));
    }

    private static CompletableFuture<AppendResult> until(Journal journal, AppendRequest request) {
        return journal.append(request)
                .handle((result, failed) -> {
                    if (failed != null) {
                        return until(journal, request);
                    }
                    assertThat(result).isInstanceOf(Kept.class);
                    return CompletableFuture.completedFuture(result);
                })
                .thenCompose(same -> same);
    }

    @Test
    void aChangedRowIsNotServed() {
        try (JdbcJournal journal = fixture.open()) {
            Requests.append(journal, Requests.said("r", 0, 1, 9));
            Requests.append(journal, Requests.said("s", 0, 2, 9));
            execute(
                    "update parley.entry set content = 'x' where room = 1 and seq = 5",
                    "update parley.room set floor = 2 where key = 's'");
            assertThat(Requests.failure(journal.read("r", 0, Journal.NONE, 100, 1 << 20)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("table entry, room 1, number 5");
            assertThat(Requests.failure(journal.append(Requests.said("s", 9, 2, 1))))
                    .isInstanceOf(DamagedException.class);
            assertThat(Requests.append(journal, Requests.said("r", 9, 1, 1))).isEqualTo(new Kept(1));
            assertThat(Requests.get(journal.check()).problems()).hasSize(3);
            assertThat(Requests.failure(journal.backup(Path.of("none"))))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aCopyThatWasPutBackHasOtherEpochs() {
        long before = epoch();
        assertThat(epoch()).as("the same database at its next start").isEqualTo(before);
        execute(
                "alter schema parley rename to saved",
                "create schema parley",
                "create table parley.meta (like saved.meta including all)",
                "insert into parley.meta select * from saved.meta",
                "drop table saved.meta");
        for (String table : List.of("room", "entry", "value", "forgotten", "version", "search", "indexed")) {
            execute("alter table saved." + table + " set schema parley");
        }
        execute("drop schema saved");
        long restored = epoch();
        assertThat(restored).as("a dump that was restored").isNotEqualTo(before);
        assertThat(epoch()).isEqualTo(restored);
        execute(
                "create temporary table saved as select * from parley.meta",
                "truncate parley.meta",
                "insert into parley.meta select * from saved");
        assertThat(epoch()).as("the data of a dump").isNotEqualTo(restored);
    }

    private long epoch() {
        try (JdbcJournal journal = fixture.open()) {
            return Requests.get(journal.open("r")).epoch();
        }
    }

    @Test
    void aUserWhoMayNotAskForTheSystemsNumberCanOpenIt() {
        execute("revoke execute on function pg_control_system() from public");
        execute("create role plain login", "grant create on database " + database() + " to plain");
        try (JdbcJournal journal = JdbcJournal.postgres(fixture.url(), "plain", "", JdbcJournalOptions.DEFAULT)) {
            Requests.append(journal, Requests.said("r", 0, 1, 1));
        } finally {
            execute("grant execute on function pg_control_system() to public");
            execute("drop owned by plain cascade", "drop role plain");
        }
    }

    @Test
    void aDatabaseThatWasSetBackHasOtherEpochs() {
        try (JdbcJournal journal = fixture.open()) {
            KeptRoom before = Requests.get(journal.open("r"));
            Requests.append(journal, Requests.said("r", 0, 1, 3));
            execute("create table saved as select * from parley.room");
            Requests.append(journal, Requests.said("r", 3, 1, 3));
            execute(
                    "delete from parley.entry where seq > 3",
                    "update parley.room r set head = s.head, bytes = s.bytes, last_id = s.last_id, crc = s.crc from saved s",
                    "drop table saved");
            AppendResult result = Requests.append(journal, Requests.said("r", 6, 1, 1));
            assertThat(result).isInstanceOf(Behind.class);
            KeptRoom now = ((Behind) result).now();
            assertThat(now.head()).isEqualTo(3);
            assertThat(now.epoch()).isNotEqualTo(before.epoch());
            assertThat(Requests.append(journal, Requests.said("r", 3, 1, 1))).isEqualTo(new Kept(1));
            assertThat(Requests.get(journal.open("r")).epoch()).as("once").isEqualTo(now.epoch());
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
        }
    }

    // ---- several processes

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void manyRoomsAreAppendedToAtOnce(int processes) {
        int rooms = 60;
        List<JdbcJournal> journals = new ArrayList<>();
        List<CompletableFuture<Long>> heads = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            journals.add(fixture.open());
        }
        for (int room = 0; room < rooms; room++) {
            heads.add(next(journals.get(room % processes), "room" + room, room + 1, 0, 5));
        }
        heads.forEach(Requests::get);
        assertThat(Requests.get(journals.get(0).check())).isEqualTo(new CheckReport(rooms, rooms * 10L, 0, List.of()));
        journals.forEach(Journal::close);
    }

    /** Of a group one room is behind, one is new, and one repeats a command: each gets its own answer. */
    @Test
    void aRefusedAppendLeavesTheOthers() {
        try (JdbcJournal journal = fixture.open()) {
            for (int i = 0; i < 4; i++) {
                Requests.append(journal, Requests.said("room" + i, 0, i + 1, 2));
            }
            for (int round = 0; round < 20; round++) {
                long head = 2L + round;
                List<CompletableFuture<AppendResult>> answers = List.of(
                        journal.append(Requests.said("room0", head, 1, 1)),
                        journal.append(Requests.said("room1", 1, 10, 1)),
                        journal.append(new AppendRequest(
                                "room2",
                                2,
                                Requests.said("x", 0, 1, 1).id(),
                                List.of(Requests.renumbered(Requests.said("x", 0, 3, 1), 3)),
                                null,
                                List.of())),
                        journal.append(Requests.said("new" + round, 0, 100 + round, 1)),
                        journal.append(Requests.ban("room3", head, 4)));
                assertThat(Requests.get(answers.get(0))).isEqualTo(new Kept(1));
                assertThat(Requests.get(answers.get(1))).isInstanceOf(Behind.class);
                assertThat(((Already) Requests.get(answers.get(2))).commands())
                        .containsExactly(new KeptCommand("room2", 3, 1, 1));
                assertThat(Requests.get(answers.get(3))).isEqualTo(new Kept(1));
                assertThat(Requests.get(answers.get(4))).isEqualTo(new Kept(1));
            }
            assertThat(Requests.get(journal.open("room3")).state().topic()).isEqualTo("banned");
            assertThat(Requests.get(journal.check()).problems()).isEmpty();
        }
    }

    @Test
    void twoProcessesKeepTheBoundsOfARoom() {
        JdbcJournalOptions few = JdbcJournalOptions.DEFAULT.withKeepEntries(50);
        try (JdbcJournal one = fixture.open(few);
                JdbcJournal two = fixture.open(few)) {
            long head = 0;
            for (int i = 0; i < 40; i++) {
                Requests.append(i % 2 == 0 ? one : two, Requests.said("r", head, 1, 10));
                head += 10;
            }
            long last = head;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Requests.get(one.open("r")).floor() > last - 60);
            assertThat(Requests.seqs(two, "r")).hasSizeBetween(50, 60);
            assertThat(Requests.get(two.check()).problems()).isEmpty();
        }
    }

    @Test
    void hintsComeAgainAfterALostConnection() throws SQLException {
        try (JdbcJournal one = fixture.open();
                JdbcJournal two = fixture.open()) {
            List<Long> heads = new ArrayList<>();
            Journal.Watch watch = one.watch("r", () -> {
                synchronized (heads) {
                    heads.add(1L);
                }
            });
            Requests.append(two, Requests.said("r", 0, 1, 1));
            Awaitility.await().until(() -> count(heads) == 1);
            PostgresServer.disconnect(fixture.url());
            Awaitility.await().until(() -> count(heads) > 1); // what may have been missed
            int before = count(heads);
            Requests.get(until(two, Requests.said("r", 1, 1, 1)));
            Awaitility.await().until(() -> count(heads) > before);
            watch.close();
        }
    }

    private static int count(List<Long> heads) {
        synchronized (heads) {
            return heads.size();
        }
    }
}
