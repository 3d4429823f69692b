package io.parley.room;

import static java.util.stream.Collectors.toUnmodifiableList;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A user in a room, with a subscription for each connection that reads it. Changed under the room's lock. */
final class RosterItem {
    private final User user;
    private List<Subscription> subscriptions =
            List.of(); // immutable, replaced; lists of one are the smallest there are
    private String key; // of the user's name, as the roster knows it

    RosterItem(User user) {
        this.user = user;
        this.key = user.key();
    }

    User user() {
        return user;
    }

    String key() {
        return key;
    }

    /** Takes over the user's present name. */
    void renamed() {
        key = user.key();
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** The subscription of a connection, or null. */
    @Nullable
    Subscription of(Participant participant) {
        for (Subscription one : subscriptions) {
            if (one.participant() == participant) {
                return one;
            }
        }
        return null;
    }

    void add(Subscription subscription) {
        subscriptions =
                Stream.concat(subscriptions.stream(), Stream.of(subscription)).collect(toUnmodifiableList());
    }

    void remove(Subscription subscription) {
        subscriptions =
                subscriptions.stream().filter(other -> other != subscription).collect(toUnmodifiableList());
    }
}
