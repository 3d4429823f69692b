package io.parley.room;

import io.parley.model.Entry;
import io.parley.model.Snapshot;
import java.util.List;

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
}
