package io.parley.accounts;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import io.parley.testkit.journal.WrappedJournal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A journal whose answers to puts and reads a test decides. Any thread. */
final class Doubtful extends WrappedJournal {
    volatile Function<CompletableFuture<@Nullable Void>, CompletableFuture<@Nullable Void>> put = kept -> kept;
    volatile @Nullable Throwable beforePut; // fails, and nothing is kept
    volatile @Nullable Throwable value;

    Doubtful(Journal journal) {
        super(journal);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(List<KeyValue> values) {
        Throwable no = beforePut;
        return no != null ? CompletableFuture.failedFuture(no) : put.apply(super.put(values));
    }

    @Override
    public CompletableFuture<@Nullable Bytes> value(String kind, String key) {
        Throwable no = value;
        return no != null ? CompletableFuture.failedFuture(no) : super.value(kind, key);
    }
}
