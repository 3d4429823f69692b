package io.parley.room;

import io.parley.model.Snapshot;

/**
 * In place of a connection that is lost, or that there never was. A conversation that begins is held for the next connection. No
 * state, for any thread.
 */
final class Nobody implements Subscriber {
    static final Nobody NOBODY = new Nobody();

    private Nobody() {}

    @Override
    public void ready(Subscription subscription) {}

    @Override
    public void opened(Subscription subscription, Snapshot snapshot) {
        subscription.hold();
    }
}
