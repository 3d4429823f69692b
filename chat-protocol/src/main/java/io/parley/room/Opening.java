package io.parley.room;

import io.parley.journal.Journal;
import io.parley.log.Faults;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.Snapshot;
import io.parley.sequencer.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What joining gives: the room as it is, the backlog that was asked for, and a subscription that begins right behind it. The
 * subscription is not started: its owner reads from it when it is ready to.
 *
 * @param subscription the subscription, behind {@code snapshot.head()}
 * @param snapshot the room at that point
 * @param recovered whether the point asked for is known, so that nothing is missing unsaid
 * @param skippedFrom the first number between the point asked for and the backlog that is left out
 * @param backlog the entries just before the subscription, ascending
 */
public record Opening(
        Subscription subscription,
        Snapshot snapshot,
        boolean recovered,
        long skippedFrom,
        List<Entry.Sequenced> backlog) {

    /**
     * The last number that is left out.
     *
     * @return less than {@link #skippedFrom()} when nothing is
     */
    public long skippedTo() {
        return backlog.isEmpty() ? snapshot.head() : backlog.get(0).seq() - 1;
    }

    /** Reads a page of history: the newest entries between two bounds, both exclusive. */
    @FunctionalInterface
    interface History {
        CompletableFuture<EntryPage> read(long after, long before, int limit);
    }

    /** Reads the backlog up to the subscription's place: the journal before it, the log behind it, and no hole. */
    static CompletableFuture<Opening> read(Task.Entered entered, BacklogRequest wanted, History history) {
        Subscription subscription = (Subscription) entered.cursor();
        Snapshot snapshot = entered.snapshot();
        long until = snapshot.head();
        boolean recovered = wanted.known() && wanted.epoch() == snapshot.epoch() && wanted.seq() <= until;
        long missing = recovered ? until - wanted.seq() : Math.min(until, wanted.last());
        long from = until - missing + 1;
        if (missing == 0) {
            return CompletableFuture.completedFuture(new Opening(subscription, snapshot, recovered, from, List.of()));
        }
        return history.read(Journal.NONE, until + 1, (int) Math.min(missing, Integer.MAX_VALUE))
                .handle((page, error) -> {
                    if (error != null) {
                        Faults.reportSeldom("a history could not be read", error);
                    }
                    List<Entry.Sequenced> backlog = page == null ? List.of() : page.entries();
                    // Whoever asked for the last few misses nothing that it asked for, unless reading failed.
                    long begin = backlog.isEmpty() ? until + 1 : backlog.get(0).seq();
                    long skipped = recovered || page == null ? from : begin;
                    return new Opening(subscription, snapshot, recovered, skipped, backlog);
                });
    }
}
