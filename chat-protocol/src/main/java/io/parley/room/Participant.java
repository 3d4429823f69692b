package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.RoomException;
import io.parley.model.UserAddress;
import io.parley.sequencer.EncodedLog;
import io.parley.sequencer.RoomCursor;
import io.parley.sequencer.RoomParticipant;
import io.parley.sequencer.SessionRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a user, as the hub knows it: a gateway joins rooms and leaves the hub with it. For any thread.
 */
public class Participant extends RoomParticipant {
    private final @Nullable UserAddress address;
    private volatile Subscriber subscriber;
    private volatile boolean stopped;

    Participant(User user, long origin, Encoding encoding, Subscriber subscriber, @Nullable UserAddress address) {
        super(user, origin, encoding);
        this.subscriber = subscriber;
        this.address = address;
    }

    /**
     * Whose connection it is.
     *
     * @return the user
     */
    public final User user() {
        return (User) user;
    }

    /**
     * The public number of this session.
     *
     * @return 64 random bits, never given twice
     */
    public final long origin() {
        return origin;
    }

    /** Where it comes from, if that says anything. */
    Optional<UserAddress> address() {
        return Optional.ofNullable(address);
    }

    /** Whether nothing more is done for it. */
    @Override
    protected boolean isStopped() {
        return stopped;
    }

    /** Has nothing more done for it. */
    void stop() {
        stopped = true;
    }

    /** Tells the gateway to end the connection, for which nothing more is done. */
    void expel(RoomException why) {
        stop();
        Faults.safely(() -> subscriber.expelled(why));
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** From now on somebody else is told. */
    final void tell(Subscriber other) {
        subscriber = other;
    }

    /** What of the session outlives this connection; null if nothing does. */
    @Override
    protected @Nullable SessionRecord outliving() {
        return null;
    }

    @Override
    protected RoomCursor read(EncodedLog log) {
        return new Subscription(log, this);
    }

    /** Until when it is held without a connection, in nanoseconds; 0 while it has one. */
    long heldUntil() {
        return 0;
    }
}
