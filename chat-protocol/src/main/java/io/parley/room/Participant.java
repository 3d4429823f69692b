package io.parley.room;

/**
 * One connection of a user, as the hub knows it: a gateway joins rooms and leaves the hub with it. Immutable, for any
 * thread.
 */
public final class Participant {
    private final User user;
    private final long origin;
    private final Encoding encoding;
    private final Subscriber subscriber;

    Participant(User user, long origin, Encoding encoding, Subscriber subscriber) {
        this.user = user;
        this.origin = origin;
        this.encoding = encoding;
        this.subscriber = subscriber;
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

    Encoding encoding() {
        return encoding;
    }

    Subscriber subscriber() {
        return subscriber;
    }
}
