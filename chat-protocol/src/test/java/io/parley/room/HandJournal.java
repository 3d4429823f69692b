package io.parley.room;

import io.parley.model.Entry;
import io.parley.model.RoomState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;

/** A journal whose appends wait until the test keeps or fails them; what is kept goes to one in memory. */
final class HandJournal extends KeptJournal {
    /** An append that waits. */
    record Pending(String room, List<Entry.Sequenced> entries, RoomState stateAfter, CompletableFuture<Long> future) {}

    final LinkedBlockingDeque<Pending> pending = new LinkedBlockingDeque<>();
    final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    volatile boolean inline;

    @Override
    public CompletableFuture<Long> append(String room, List<Entry.Sequenced> entries, RoomState stateAfter) {
        batches.add(entries.size());
        if (inline) {
            return kept.append(room, entries, stateAfter);
        }
        Pending one = new Pending(room, List.copyOf(entries), stateAfter, new CompletableFuture<>());
        pending.add(one);
        return one.future();
    }

    /** Keeps the append that has waited longest; the room moves on before this returns. */
    void keepNext() {
        keep(Objects.requireNonNull(pending.poll(), "no append is waiting"));
    }

    void keep(Pending one) {
        one.future()
                .complete(
                        kept.append(one.room(), one.entries(), one.stateAfter()).join());
    }

    void keepAll() {
        while (!pending.isEmpty()) {
            keepNext();
        }
    }

    void failNext() {
        Objects.requireNonNull(pending.poll(), "no append is waiting")
                .future()
                .completeExceptionally(new IllegalStateException("disk full"));
    }
}
