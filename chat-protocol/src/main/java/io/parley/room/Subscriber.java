package io.parley.room;

import io.parley.model.Snapshot;

/**
 * What a gateway lets the hub tell one of its connections. Called by any thread, never under a lock; must return quickly.
 */
public interface Subscriber {

    /**
     * A subscription that was asleep has something to read again, or has ended. Called once for each time it went to sleep.
     *
     * @param subscription the subscription
     */
    void ready(Subscription subscription);

    /**
     * A direct conversation has begun. The subscription is before its first message, and is not started.
     *
     * @param subscription the subscription
     * @param snapshot the conversation as it is
     */
    void opened(Subscription subscription, Snapshot snapshot);
}
