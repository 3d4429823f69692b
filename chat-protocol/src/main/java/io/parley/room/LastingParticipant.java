package io.parley.room;

import io.parley.model.UserAddress;
import io.parley.sequencer.SessionRecord;
import org.jspecify.annotations.Nullable;

/** A connection of a session that outlives it. For any thread. */
final class LastingParticipant extends Participant {

    /** A connection that comes in. */
    record Arrival(
            Encoding encoding,
            Subscriber subscriber,
            @Nullable UserAddress address) {}

    private final SessionRecord session;
    private volatile long heldUntil;

    LastingParticipant(User user, long origin, SessionRecord session, Arrival arrival) {
        super(user, origin, arrival.encoding(), arrival.subscriber(), arrival.address());
        this.session = session;
    }

    @Override
    protected SessionRecord outliving() {
        return session;
    }

    @Override
    protected boolean isStopped() {
        return super.isStopped() || session.isOver();
    }

    @Override
    long heldUntil() {
        return heldUntil;
    }

    /** The connection is lost. */
    void lost(long until) {
        heldUntil = until;
        tell(Nobody.NOBODY);
    }

    /** The same session over another connection. */
    LastingParticipant succeededBy(Arrival arrival) {
        return new LastingParticipant(user(), origin(), session, arrival);
    }
}
