package io.parley.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.AppendResult.Kept;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import io.parley.journal.jdbc.FaultyDialect.AtCommit;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a journal says and does after an error of its database. */
final class SqliteErrorsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final SqliteFixture fixture =
            new SqliteFixture(JdbcJournalOptions.DEFAULT, new Clocks(nanos::get, System::currentTimeMillis));
    private JdbcJournal journal = fixture.open();

    @AfterEach
    void end() {
        journal.close();
        fixture.close();
    }

    /** Appends that are in one group: they wait behind a call that is held. */
    private List<CompletableFuture<?>> together(List<AppendRequest> requests) {
        CountDownLatch held = fixture.faults().hold();
        journal.open("first");
        List<CompletableFuture<?>> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(journal.append(request)));
        held.countDown();
        return answers;
    }

    @Test
    void aCommitThatFailedAndIsThereIsKept() {
        fixture.faults().atCommit(AtCommit.FAIL_AFTER, 1);
        AppendRequest request = Requests.said("r", 0, 1, 3);
        assertThat(Requests.append(journal, request)).isEqualTo(new Kept(1));
        assertThat(Requests.seqs(journal, "r")).containsExactly(1L, 2L, 3L);
        assertThat(Requests.append(journal, Requests.said("r", 3, 1, 1))).isEqualTo(new Kept(1));
    }

    @Test
    void aCommitThatFailedAndIsNotThereIsUnknown() {
        fixture.faults().atCommit(AtCommit.FAIL_BEFORE, 1);
        AppendRequest request = Requests.said("r", 0, 1, 3);
        assertThat(Requests.failure(journal.append(request))).isInstanceOf(SQLException.class);
        assertThat(Requests.append(journal, request)).isEqualTo(new Kept(1));
        assertThat(Requests.append(journal, request)).isEqualTo(new Kept(1));
        assertThat(Requests.seqs(journal, "r")).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL_BEFORE", "FAIL_AFTER", "FULL"})
    void aRepeatedRequestIsKeptOnceWhateverFails(AtCommit fault) {
        long head = 0;
        for (int i = 0; i < 20; i++) {
            AppendRequest request = Requests.said("r", head, 1, 2);
            fixture.faults().atCommit(fault, i % 4);
            AppendResult result = null;
            while (result == null) {
                nanos.addAndGet(2_000_000_000L);
                result = journal.append(request).exceptionally(failed -> null).join();
            }
            assertThat(result).isEqualTo(new Kept(1));
            head = request.head();
        }
        assertThat(Requests.seqs(journal, "r")).hasSize(40);
        assertThat(Requests.get(journal.check()).problems()).isEmpty();
    }

    @Test
    void aBrokenCallFailsAlone() {
        fixture.faults().refuseOrigin(13L);
        List<AppendRequest> requests = new ArrayList<>();
        for (int i = 10; i < 20; i++) {
            requests.add(Requests.said("room" + i, 0, i, 2));
        }
        List<CompletableFuture<?>> answers = together(requests);
        for (int i = 10; i < 20; i++) {
            if (i == 13) {
                assertThat(Requests.failure(answers.get(3))).isInstanceOf(SQLException.class);
            } else {
                assertThat((Object) Requests.get(answers.get(i - 10))).isEqualTo(new Kept(1));
            }
        }
        assertThat(Requests.get(journal.open("room13")).head()).isZero();
    }

    @Test
    void readsGoOnWhileNothingCanBeWritten() {
        Requests.append(journal, Requests.said("r", 0, 1, 3));
        fixture.faults().failBegin(true);
        AppendRequest request = Requests.said("r", 3, 1, 1);
        assertThat(Requests.failure(journal.append(request))).isInstanceOf(SQLException.class);
        assertThat(Requests.seqs(journal, "r")).hasSize(3);
        assertThat(Requests.failure(journal.put(List.of(new KeyValue("k", "a", Bytes.EMPTY)))))
                .isInstanceOf(SQLException.class);
        fixture.faults().failBegin(false);
        assertThat(Requests.append(journal, request)).isEqualTo(new Kept(1));
    }

    @Test
    void whileTheDiskIsFullUsersAreBannedAndNothingIsSaid() {
        Requests.append(journal, Requests.said("r", 0, 1, 3));
        assertThat(fixture.folder().resolve("parley.reserve")).hasSize(SqliteFixture.RESERVE_BYTES);
        fixture.faults().atCommit(AtCommit.FULL, 1); // as long as the reserve is there
        AppendRequest request = Requests.said("r", 3, 1, 1);
        assertThat(Requests.failure(journal.append(request))).isInstanceOf(NotKeptException.class);
        assertThat(fixture.folder().resolve("parley.reserve")).doesNotExist();
        assertThat(Requests.failure(journal.append(request))).isInstanceOf(NotKeptException.class);
        assertThat(Requests.failure(journal.put(List.of(new KeyValue("k", "a", Bytes.EMPTY)))))
                .isInstanceOf(NotKeptException.class);
        assertThat(Requests.append(journal, Requests.ban("r", 3, 2))).isEqualTo(new Kept(1));
        Requests.get(journal.put(List.of(new KeyValue("k", "a", null))));
        Requests.get(journal.put(List.of(new KeyValue("ban", "1", Bytes.EMPTY, true))));
        Requests.get(journal.forget("other"));
        nanos.addAndGet(2_000_000_000L); // the next look finds that there is space
        assertThat(Requests.append(journal, Requests.said("r", 4, 1, 1))).isEqualTo(new Kept(1));
        assertThat(fixture.folder().resolve("parley.reserve")).hasSize(SqliteFixture.RESERVE_BYTES);
    }

    @Test
    void whileTheDiskIsFullABanIsKeptThatBringsItsSession() {
        Requests.append(journal, Requests.said("r", 0, 1, 1));
        fixture.faults().atCommit(AtCommit.FULL, 1);
        Requests.failure(journal.append(Requests.said("r", 1, 1, 1)));
        AppendRequest ban = Requests.ban("r", 1, 2);
        List<KeyValue> session = List.of(new KeyValue("session", "2", Bytes.fromHex("01")));
        assertThat(Requests.append(
                        journal, new AppendRequest("r", 1, ban.id(), ban.entries(), ban.stateAfter(), session)))
                .isEqualTo(new Kept(1));
        assertThat(Requests.get(journal.value("session", "2"))).isEqualTo(Bytes.fromHex("01"));
        AppendRequest said = Requests.said("r", 2, 3, 1);
        assertThat(Requests.failure(journal.append(
                        new AppendRequest("r", 2, said.id(), said.entries(), said.stateAfter(), session))))
                .isInstanceOf(NotKeptException.class);
    }

    @Test
    void aBanThatFindsTheDiskFullIsTriedOnceMore() {
        Requests.append(journal, Requests.said("r", 0, 1, 1));
        fixture.faults().atCommit(AtCommit.FULL, 1);
        assertThat(Requests.append(journal, Requests.ban("r", 1, 2))).isEqualTo(new Kept(1));
        assertThat(Requests.get(journal.open("r")).state().topic()).isEqualTo("banned");
    }

    @Test
    void aLogThatFillsTheDiskIsMovedWithoutAReserve() {
        Requests.append(journal, Requests.said("r", 0, 1, 1));
        fixture.faults().atCommit(AtCommit.FULL, 1);
        Requests.failure(journal.append(Requests.said("r", 1, 1, 1)));
        assertThat(fixture.folder().resolve("parley.reserve")).doesNotExist();
        fixture.faults().atCommit(AtCommit.FULL_OF_LOG, 1);
        assertThat(Requests.append(journal, Requests.ban("r", 1, 2))).isEqualTo(new Kept(1));
        fixture.faults().atCommit(AtCommit.FULL_OF_LOG, 1);
        Requests.get(journal.forget("r"));
    }

    @Test
    void aFullQueueKeepsNothing() {
        CountDownLatch held = fixture.faults().hold();
        String big = "x".repeat(60_000);
        List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
        AppendRequest last = null;
        for (int i = 0; i < 1_200; i++) {
            last = Requests.said("r", i, 1, 1, 0, big);
            answers.add(journal.append(last));
        }
        CompletableFuture<AppendResult> refused = answers.get(answers.size() - 1);
        assertThat(Requests.failure(refused)).isInstanceOf(NotKeptException.class);
        int kept = (int) answers.stream().filter(one -> !one.isDone()).count();
        AppendRequest accepted = Requests.said("s", 0, 2, 1, 0, "small");
        CompletableFuture<AppendResult> first = journal.append(accepted);
        for (int i = 0; i < 1_000; i++) {
            journal.append(Requests.said("t", i, 3, 1, 0, big));
        }
        assertThat(Requests.failure(journal.append(Requests.said("u", 0, 4, 1, 0, big))))
                .isInstanceOf(NotKeptException.class);
        AppendRequest again = new AppendRequest(
                "s", 0, accepted.id(), Requests.said("s", 0, 2, 1, 0, big).entries(), null, List.of());
        assertThat(Requests.failure(journal.append(again)))
                .as("a request that is under way is not told that it is not kept")
                .isNotInstanceOf(NotKeptException.class);
        held.countDown();
        assertThat(Requests.get(first)).isEqualTo(new Kept(1));
        assertThat(Requests.seqs(journal, "r")).hasSize(kept);
    }

    @Test
    void aServerWhoseFolderWasTakenOverWritesNoMore() throws Exception {
        Requests.append(journal, Requests.said("r", 0, 1, 1));
        Files.delete(fixture.folder().resolve("parley.lock")); // as if locks did not work
        JdbcJournal other = fixture.open();
        AppendRequest request = Requests.said("r", 1, 1, 1);
        assertThat(Requests.failure(journal.append(request)))
                .isInstanceOf(NotKeptException.class)
                .hasMessageContaining("another process");
        assertThat(journal.takenOver()).succeedsWithin(Duration.ofSeconds(60));
        assertThat(other.takenOver()).isNotDone();
        assertThat(Requests.failure(journal.open("r"))).isInstanceOf(NotKeptException.class);
        assertThat(Requests.append(other, request)).isEqualTo(new Kept(1));
        assertThat(Requests.seqs(journal, "r")).hasSize(2);
        journal.close();
        journal = other;
    }

    @Test
    void valuesArePutInTheOrderOfTheCalls() {
        CountDownLatch held = fixture.faults().hold();
        journal.open("first");
        for (int i = 0; i < 200; i++) {
            AppendRequest plain = Requests.said("room" + i % 7, i / 7, i % 7 + 1L, 1);
            KeyValue value = new KeyValue("k", "a", Bytes.of(new byte[] {(byte) i}));
            journal.append(new AppendRequest(
                    plain.room(), plain.expectedHead(), plain.id(), plain.entries(), null, List.of(value)));
            journal.append(Requests.said("other" + i % 3, i / 3, 100 + i % 3, 1));
            if (i % 2 == 1) {
                journal.put(List.of(new KeyValue("k", "a", Bytes.of(new byte[] {(byte) i, 0}))));
            }
            if (i == 99) {
                journal.put(List.of(new KeyValue("k", "b", Bytes.of(new byte[] {1}))));
                journal.append(new AppendRequest(
                        "last",
                        0,
                        Requests.said("x", 0, 50, 1).id(),
                        Requests.said("x", 0, 50, 1).entries(),
                        null,
                        List.of(new KeyValue("k", "b", null))));
            }
        }
        held.countDown();
        assertThat(Requests.get(journal.values("k", "", 10)))
                .containsExactly(new KeyValue("k", "a", Bytes.of(new byte[] {(byte) 199, 0})));
        assertThat(Requests.seqs(journal, "room0")).hasSize(29);
        assertThat(Requests.seqs(journal, "other0")).hasSize(67);
    }

    @Test
    void wrongCallsFail() {
        for (String key : List.of("x".repeat(301), "\0", "a\ud83d")) {
            assertThat(Requests.failure(journal.open(key))).isInstanceOf(IllegalArgumentException.class);
            assertThat(Requests.failure(journal.put(List.of(new KeyValue("k", key, null)))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        AppendRequest right = Requests.said("r", 5, 1, 2);
        AppendRequest hole = new AppendRequest("r", 4, right.id(), right.entries(), null, List.of());
        assertThat(Requests.failure(journal.append(hole))).isInstanceOf(IllegalArgumentException.class);
        AppendRequest none = new AppendRequest("r", 0, right.id(), List.of(), null, List.of());
        assertThat(Requests.failure(journal.append(none))).isInstanceOf(IllegalArgumentException.class);
        KeyValue large = new KeyValue("k", "a", Bytes.of(new byte[65_537]));
        assertThat(Requests.failure(journal.put(List.of(large)))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Requests.get(journal.rooms("", 10))).isEmpty();
    }

    @Test
    void commandsOfARoomThatIsBeingDeletedAreFree() {
        Requests.append(journal, Requests.said("r", 0, 1, 3_000));
        CompletableFuture<?> forgotten = journal.forget("r");
        CompletableFuture<AppendResult> again = journal.append(Requests.said("r", 0, 1, 3_000));
        Requests.get(forgotten);
        assertThat(Requests.get(again)).isEqualTo(new Kept(1));
        assertThat(Requests.seqs(journal, "r")).hasSize(3_000);
        assertThat(Requests.get(journal.find(1, 0, 10))).hasSize(10);
        assertThat(Requests.get(journal.check()).problems()).isEmpty();
        KeptRoom room = Requests.get(journal.open("r"));
        assertThat(room.head()).isEqualTo(3_000);
    }
}
