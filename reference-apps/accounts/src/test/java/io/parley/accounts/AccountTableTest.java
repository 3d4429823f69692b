package io.parley.accounts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.KeyValue;
import io.parley.journal.MemoryJournal;
import io.parley.journal.NotKeptException;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a change when the journal is slow, refuses, or does not say. */
class AccountTableTest {
    private static final NamePolicy NAMES = NamePolicy.standard();

    private final MemoryJournal kept = MemoryJournal.withDefaults();
    private final Doubtful journal = new Doubtful(kept);
    private final AccountTable table = read();

    private AccountTable read() {
        return AccountTable.read(journal, NAMES).join();
    }

    private static String key(String name) {
        return NAMES.user(name).key();
    }

    private static AccountRecord account(String name, String id) {
        return new AccountRecord(key(name), id, name, Verifiers.of("hash"), false, false, 1, 1);
    }

    private CompletableFuture<AccountRecord> create(String name, String id) {
        return table.create(key(name), account(name, id), List.of());
    }

    private static @Nullable Reason reason(CompletableFuture<?> future) {
        assertThat(future).isDone();
        try {
            future.join();
            return null;
        } catch (CompletionException no) {
            return no.getCause() instanceof RoomException why ? why.reason() : Reason.BAD_REQUEST;
        }
    }

    @Test
    void oneOfTwoAtOnceWins() {
        CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
        journal.put = done -> answer;
        CompletableFuture<AccountRecord> first = create("Anna", "1");
        CompletableFuture<AccountRecord> second = create("anna", "2");
        assertThat(reason(second)).isEqualTo(Reason.NAME_TAKEN);
        assertThat(first).isNotDone();
        assertThat(table.find(key("anna"))).isNull(); // before it is kept there is none
        answer.complete(null);
        assertThat(first.join().id()).isEqualTo("1");
        assertThat(requireNonNull(table.find(key("anna"))).id()).isEqualTo("1");
        assertThat(reason(create("ANNA", "3"))).isEqualTo(Reason.NAME_TAKEN);
    }

    @Test
    void whatIsNotKeptIsNotThere() {
        journal.beforePut = new NotKeptException("no space");
        assertThat(reason(create("Anna", "1"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(table.all()).isEmpty();
        journal.beforePut = null;
        assertThat(reason(create("Anna", "2"))).isNull();
    }

    @Test
    void whatWasKeptWithoutAnAnswerCounts() {
        journal.put = done -> CompletableFuture.failedFuture(new IOException("the answer is lost"));
        assertThat(reason(create("Anna", "1"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(requireNonNull(table.find(key("Anna"))).id()).isEqualTo("1");
        assertThat(requireNonNull(table.findId("1")).name()).isEqualTo("Anna");
        assertThat(reason(create("Anna", "2"))).isEqualTo(Reason.NAME_TAKEN);
    }

    @Test
    void whatIsInDoubtIsReadWhenThatCanBeDone() {
        assertThat(reason(create("Anna", "1"))).isNull();
        journal.put = done -> CompletableFuture.failedFuture(new IOException("the answer is lost"));
        journal.value = new IOException("it cannot be read");
        assertThat(reason(table.change(key("Anna"), now -> requireNonNull(now).withPassword(Verifiers.of("new")))))
                .isEqualTo(Reason.UNAVAILABLE);
        assertThat(requireNonNull(table.find(key("Anna"))).verifiers().hash()).isEqualTo("hash");
        assertThat(reason(table.change(key("Anna"), now -> null))).isEqualTo(Reason.UNAVAILABLE);
        journal.value = null;
        journal.put = done -> done;
        assertThat(reason(table.change(key("Anna"), now -> null))).isEqualTo(Reason.UNAVAILABLE); // and it is read
        assertThat(requireNonNull(table.find(key("Anna"))).verifiers().hash()).isEqualTo("new");
        assertThat(reason(table.change(key("Anna"), now -> null))).isNull();
        assertThat(table.all()).isEmpty();
        assertThat(table.findId("1")).isNull();
    }

    @Test
    void aChangeThatIsRefusedLeavesNothingBehind() {
        assertThat(reason(table.change(key("Anna"), now -> null))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(reason(create("Anna", "1"))).isNull();
        assertThat(reason(table.change(key("Anna"), now -> {
                    throw new RoomException(Reason.FORBIDDEN, "no");
                })))
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(reason(table.change(key("Anna"), now -> requireNonNull(now).withBot(true))))
                .isNull();
        assertThat(requireNonNull(table.find(key("Anna"))).bot()).isTrue();
    }

    @Test
    void manyAreReadInPages() {
        List<KeyValue> all = new ArrayList<>();
        for (int i = 0; i < 1_203; i++) {
            all.add(account("user" + (char) ('a' + i % 26) + "x" + i + "z", "id " + i)
                    .toValue(false));
        }
        kept.put(all).join();
        assertThat(read().all()).hasSize(1_203);
        assertThat(requireNonNull(read().findId("id 1202")).name()).startsWith("user");
    }

    /** A later name policy takes two names for one: the older account has it, and the other is told of. */
    @Test
    void ofTwoThatLookAlikeTheOlderIsShown() {
        AccountRecord young = new AccountRecord("other key", "2", "anna", Verifiers.of("hash"), false, false, 2, 1);
        kept.put(List.of(young.toValue(false), account("Anna", "1").toValue(false)))
                .join();
        AccountTable both = read();
        assertThat(requireNonNull(both.find(key("anna"))).id()).isEqualTo("1");
        assertThat(both.hidden()).containsExactly(young);
    }

    /** A key that a value has is not used for another account, whatever the name policy says now. */
    @Test
    void aValueIsNotWrittenOver() {
        AccountRecord old = new AccountRecord(key("bob"), "1", "Anna", Verifiers.of("hash"), false, false, 1, 1);
        kept.put(List.of(old.toValue(false))).join();
        AccountTable now = read();
        CompletableFuture<AccountRecord> bob = now.create(key("bob"), account("bob", "2"), List.of());
        assertThat(reason(bob)).isEqualTo(Reason.NAME_TAKEN);
        assertThat(reason(now.change(key("Anna"), one -> requireNonNull(one).withOperator(true))))
                .isNull();
        assertThat(read().all())
                .singleElement()
                .satisfies(one -> assertThat(one.operator()).isTrue());
    }
}
