package io.parley.accounts;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Accounts that are deleted, and whose memberships may not have ended yet: what was begun is finished, also by the next process. Any thread
 * may call it.
 *
 * <pre>
 *   account-deleted   key: the id of the account | one byte, 1
 * </pre>
 */
final class Deletions {
    private static final String KIND = "account-deleted";

    private final Journal journal;
    private final List<String> left; // by an earlier process

    private Deletions(Journal journal, List<String> left) {
        this.journal = journal;
        this.left = left;
    }

    static CompletableFuture<Deletions> read(Journal journal) {
        return AccountTable.pages(journal, KIND, "", new ArrayList<>())
                .thenApply(all ->
                        new Deletions(journal, all.stream().map(KeyValue::key).toList()));
    }

    /** What is to be kept with the end of an account. */
    static List<KeyValue> begun(String account) {
        return List.of(new KeyValue(KIND, account, Bytes.of(new byte[] {1}), true));
    }

    /**
     * Does what is left to be done for a deleted account.
     *
     * @param end ends its memberships
     * @return completes when that is done, or fails as it does
     */
    CompletableFuture<?> finish(String account, Function<String, ? extends CompletionStage<?>> end) {
        return end.apply(account)
                .thenCompose(done -> journal.put(List.of(new KeyValue(KIND, account, null, true)))
                        .exceptionallyCompose(error -> CompletableFuture.failedFuture(new RoomException(
                                Reason.UNAVAILABLE,
                                "the account is deleted; what is left of it is ended at the next start"))))
                .toCompletableFuture();
    }

    /** Does what earlier processes have left. */
    void finishAll(Function<String, ? extends CompletionStage<?>> end) {
        left.forEach(account -> finish(account, end)); // if one fails, the next process tries again
    }
}
