package io.parley.accounts;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a journal, all of them in memory. Any thread may call it, and no call blocks.
 *
 * <p>A change is in force when the journal has kept it, and not before. There is one change of an account at a time. If a journal does
 * not say what became of a change, what it has is read again, and that counts; while it cannot be read, the account stays as it
 * was, and no further change is taken.
 */
final class AccountTable {
    private static final int PAGE = 500;

    private final Journal journal;
    private final NamePolicy names;
    private final Map<String, AccountRecord> byKey = new ConcurrentHashMap<>();
    private final Map<String, AccountRecord> byId = new ConcurrentHashMap<>();
    private final Set<String> bcrypts = ConcurrentHashMap.newKeySet(); // keys of accounts with such a hash
    private final Set<String> changing = ConcurrentHashMap.newKeySet(); // keys
    private final Map<String, String> inDoubt = new ConcurrentHashMap<>(); // keys of names, and of what is kept
    private final List<AccountRecord> hidden = new ArrayList<>(); // before the table is given to anybody

    private AccountTable(Journal journal, NamePolicy names) {
        this.journal = journal;
        this.names = names;
    }

    /** Reads all accounts; fails if one of them cannot be read, because its name would be free. */
    static CompletableFuture<AccountTable> read(Journal journal, NamePolicy names) {
        AccountTable table = new AccountTable(journal, names);
        return pages(journal, AccountRecord.KIND, "", new ArrayList<>()).thenApply(all -> {
            all.stream()
                    .map(AccountRecord::of)
                    .sorted((one, other) -> Long.compare(one.createdMillis(), other.createdMillis()))
                    .forEach(table::load);
            return table;
        });
    }

    /** Reads all values of a kind. */
    static CompletableFuture<List<KeyValue>> pages(Journal journal, String kind, String after, List<KeyValue> all) {
        return journal.values(kind, after, PAGE).thenCompose(page -> {
            all.addAll(page);
            return page.size() < PAGE
                    ? CompletableFuture.completedFuture(all)
                    : pages(journal, kind, page.get(page.size() - 1).key(), all);
        });
    }

    private void load(AccountRecord account) {
        String key = names.user(account.name()).key();
        if (!byKey.containsKey(key)) {
            show(key, account);
        } else {
            hidden.add(account);
        }
    }

    private void show(String key, AccountRecord account) {
        if (PasswordHashes.isBcrypt(account.verifiers().hash())) {
            bcrypts.add(key);
        } else {
            bcrypts.remove(key);
        }
        byId.put(account.id(), account);
        byKey.put(key, account);
    }

    /** Accounts whose name another one has under the present name policy: the older account has it. */
    List<AccountRecord> hidden() {
        return hidden;
    }

    @Nullable
    AccountRecord find(String key) {
        return byKey.get(key);
    }

    @Nullable
    AccountRecord findId(String id) {
        return byId.get(id);
    }

    List<AccountRecord> all() {
        return List.copyOf(byKey.values());
    }

    boolean hasBcrypt() {
        return !bcrypts.isEmpty();
    }

    /**
     * Keeps a new account.
     *
     * @param key the key of its name
     * @param more what is kept with it, or not at all
     * @return completes when it is kept; fails with NAME_TAKEN or UNAVAILABLE
     */
    CompletableFuture<AccountRecord> create(String key, AccountRecord account, List<KeyValue> more) {
        if (!changing.add(key)) {
            readAgain(key);
            return CompletableFuture.failedFuture(taken());
        }
        boolean storedAlready =
                byKey.values().stream().anyMatch(other -> other.storedAs().equals(account.storedAs()));
        if (byKey.containsKey(key) || storedAlready) {
            changing.remove(key);
            return CompletableFuture.failedFuture(taken());
        }
        return put(key, account.storedAs(), account, more).thenApply(kept -> account);
    }

    static RoomException taken() {
        return new RoomException(Reason.NAME_TAKEN, "there is an account of that name, or of one that looks like it");
    }

    /**
     * Keeps an account as something makes it.
     *
     * @param key the key of its name
     * @param change gives the account as it is to be, or null to delete it
     * @return completes with it when it is kept; fails with NO_SUCH_USER or UNAVAILABLE
     */
    CompletableFuture<@Nullable AccountRecord> change(String key, UnaryOperator<@Nullable AccountRecord> change) {
        return change(key, change, List.of());
    }

    /**
     * Deletes an account.
     *
     * @param account the account
     * @param more what is kept with that, or not at all
     * @return completes when that is kept; fails with NO_SUCH_USER or UNAVAILABLE
     */
    CompletableFuture<@Nullable AccountRecord> delete(String key, AccountRecord account, List<KeyValue> more) {
        return change(
                key,
                now -> {
                    if (now != null && !now.id().equals(account.id())) {
                        throw new RoomException(Reason.NO_SUCH_USER, "there is no such account any more");
                    }
                    return null;
                },
                more);
    }

    private CompletableFuture<@Nullable AccountRecord> change(
            String key, UnaryOperator<@Nullable AccountRecord> change, List<KeyValue> more) {
        if (!changing.add(key)) {
            readAgain(key);
            return CompletableFuture.failedFuture(new RoomException(
                    Reason.UNAVAILABLE,
                    "another change of this account is under way",
                    Duration.ofSeconds(1).toMillis()));
        }
        AccountRecord now = byKey.get(key);
        if (now == null) {
            changing.remove(key);
            return CompletableFuture.failedFuture(new RoomException(Reason.NO_SUCH_USER, "there is no such account"));
        }
        AccountRecord next;
        try {
            next = change.apply(now);
        } catch (RoomException no) {
            changing.remove(key);
            return CompletableFuture.failedFuture(no);
        }
        return put(key, now.storedAs(), next, more);
    }

    private CompletableFuture<@Nullable AccountRecord> put(
            String key, String storedAs, @Nullable AccountRecord next, List<KeyValue> more) {
        List<KeyValue> values = new ArrayList<>(more);
        boolean vital = byKey.containsKey(key);
        values.add(next == null ? new KeyValue(AccountRecord.KIND, storedAs, null, vital) : next.toValue(vital));
        CompletableFuture<@Nullable AccountRecord> done = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> answer;
        try {
            answer = journal.put(values);
        } catch (RuntimeException broken) { // nobody knows what it has done
            answer = CompletableFuture.failedFuture(broken);
        }
        answer.whenComplete((none, error) -> {
            if (error == null) {
                settle(key, next);
                done.complete(next);
            } else if (cause(error) instanceof NotKeptException) {
                changing.remove(key);
                done.completeExceptionally(notKept());
            } else {
                inDoubt.put(key, storedAs);
                readAgain(key);
                done.completeExceptionally(notKept());
            }
        });
        return done;
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private static RoomException notKept() {
        return new RoomException(Reason.UNAVAILABLE, "accounts cannot be changed at the moment");
    }

    /** Reads an account of which is not known whether its change was kept. */
    private void readAgain(String key) {
        String storedAs = inDoubt.remove(key);
        if (storedAs == null) {
            return;
        }
        journal.value(AccountRecord.KIND, storedAs).whenComplete((bytes, error) -> {
            boolean settled = false;
            try {
                if (error == null) {
                    settle(key, read(storedAs, bytes));
                    settled = true;
                }
            } finally {
                if (!settled) {
                    inDoubt.put(key, storedAs); // the next who wants a change tries again
                }
            }
        });
    }

    private static @Nullable AccountRecord read(String storedAs, @Nullable Bytes bytes) {
        return bytes == null ? null : AccountRecord.of(new KeyValue(AccountRecord.KIND, storedAs, bytes));
    }

    /** What is kept is known. */
    private void settle(String key, @Nullable AccountRecord kept) {
        if (kept != null) {
            show(key, kept);
        } else {
            AccountRecord gone = byKey.remove(key);
            bcrypts.remove(key);
            if (gone != null) {
                byId.remove(gone.id());
            }
        }
        changing.remove(key);
    }
}
