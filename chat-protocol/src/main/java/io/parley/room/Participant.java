package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.RoomException;
import io.parley.model.UserAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a user, as the hub knows it: a gateway joins rooms and leaves the hub with it. For any thread.
 */
public final class Participant {
    private final User user;
    private final long origin;
    private final Encoding encoding;
    private final Subscriber subscriber;
    private final @Nullable UserAddress address;
    private volatile boolean banned;

    Participant(User user, long origin, Encoding encoding, Subscriber subscriber, @Nullable UserAddress address) {
        this.user = user;
        this.origin = origin;
        this.encoding = encoding;
        this.subscriber = subscriber;
        this.address = address;
    }

    /**
     * Whose connection it is.
     *
     * @return the user
     */
    public User user() {
        return user;
    }

    /**
     * The public number of this session.
     *
     * @return 64 random bits, never given twice
     */
    public long origin() {
        return origin;
    }

    /** Where it comes from, if that says anything. */
    Optional<UserAddress> address() {
        return Optional.ofNullable(address);
    }

    /** Whether it was told that its user is banned from the server. */
    boolean isBanned() {
        return banned;
    }

    /** Tells the gateway to end the connection, for which nothing more is done. */
    void ban(RoomException why) {
        banned = true;
        Faults.safely(() -> subscriber.banned(why));
    }

    Encoding encoding() {
        return encoding;
    }

    Subscriber subscriber() {
        return subscriber;
    }
}
