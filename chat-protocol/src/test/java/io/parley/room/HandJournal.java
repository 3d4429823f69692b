package io.parley.room;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.NotKeptException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;

/** A journal whose appends wait until the test keeps or fails them; what is kept goes to one in memory. */
final class HandJournal extends KeptJournal {
    /** An append that waits. */
    record Pending(AppendRequest request, CompletableFuture<AppendResult> future) {}

    final LinkedBlockingDeque<Pending> pending = new LinkedBlockingDeque<>();
    final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    volatile boolean inline;

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        batches.add(request.entries().size());
        if (inline) {
            return kept.append(request);
        }
        Pending one = new Pending(request, new CompletableFuture<>());
        pending.add(one);
        return one.future();
    }

    /** Keeps the append that has waited longest; the room moves on before this returns. */
    void keepNext() {
        keep(Objects.requireNonNull(pending.poll(), "no append is waiting"));
    }

    void keep(Pending one) {
        one.future().complete(kept.append(one.request()).join());
    }

    void keepAll() {
        while (!pending.isEmpty()) {
            keepNext();
        }
    }

    /** Nothing was kept, and that is certain. */
    void failNext() {
        next().future().completeExceptionally(new NotKeptException("disk full"));
    }

    /** Nobody knows what was kept: all of it, or nothing. */
    void loseNext(boolean keeps) {
        Pending one = next();
        if (keeps) {
            kept.append(one.request()).join();
        }
        one.future().completeExceptionally(new IllegalStateException("connection lost"));
    }

    private Pending next() {
        return Objects.requireNonNull(pending.poll(), "no append is waiting");
    }
}
