package io.parley.room;

import io.parley.journal.NoIndexException;
import io.parley.log.Faults;
import io.parley.model.EntryPage;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.SearchQuery;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Searches in what the journal has of a room. No state, for any thread. */
final class Searching {
    private Searching() {}

    /**
     * Searches for what members have seen.
     *
     * @param room the room's key
     * @param head the last number that members know of
     * @param query what is searched for
     */
    static CompletableFuture<EntryPage> in(HubContext context, String room, long head, SearchQuery query) {
        long before = query.before() == 0 ? head + 1 : Math.min(query.before(), head + 1);
        SearchQuery bounded = query.below(before)
                .atMost(Math.min(query.limit(), context.options().pageEntries()));
        CompletableFuture<EntryPage> done = new CompletableFuture<>();
        try {
            // On another thread: a journal in memory looks through texts at once.
            CompletableFuture<EntryPage> found = CompletableFuture.supplyAsync(
                            () -> {
                                CompletableFuture<EntryPage> asked =
                                        context.journal().search(room, bounded);
                                Faults.whenDone(done, (page, error) -> asked.cancel(false)); // nobody waits any more
                                return asked;
                            },
                            context.executor())
                    .thenCompose(Function.identity());
            Faults.whenDone(context.inTime(found), (page, error) -> {
                if (error != null && Faults.cause(error) instanceof NoIndexException) {
                    done.completeExceptionally(
                            new RoomException(Reason.UNAVAILABLE, "what was said cannot be searched on this server"));
                } else {
                    Asking.complete(done, page, error);
                }
            });
        } catch (RuntimeException | Error broken) {
            return Faults.failed(broken);
        }
        return done;
    }
}
