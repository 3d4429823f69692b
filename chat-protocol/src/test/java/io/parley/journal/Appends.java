package io.parley.journal;

import io.parley.model.Entry;
import io.parley.model.RoomState;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Appends for tests, each as by a writer who knows what is there. */
public final class Appends {
    private static final AtomicLong LAST = new AtomicLong();

    private Appends() {}

    /** What is asked for, with an id of its own. */
    public static AppendRequest of(String room, List<Entry.Sequenced> entries, @Nullable RoomState stateAfter) {
        long head = entries.get(0).seq() - 1;
        return new AppendRequest(room, head, new UUID(7, LAST.incrementAndGet()), entries, stateAfter, List.of());
    }

    /** Appends, and tells the floor. */
    public static CompletableFuture<Long> append(
            Journal journal, String room, List<Entry.Sequenced> entries, @Nullable RoomState stateAfter) {
        return journal.append(of(room, entries, stateAfter)).thenApply(Appends::floor);
    }

    /** The floor that an answer tells. */
    public static long floor(AppendResult kept) {
        return ((AppendResult.Kept) kept).floor();
    }
}
