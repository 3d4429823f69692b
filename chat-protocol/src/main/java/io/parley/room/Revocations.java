package io.parley.room;

import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.sequencer.SessionRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions whose account has another password, or is gone. Any thread.
 *
 * <p>A login that the policy has judged before that and that enters behind it would be overlooked. So revocations are numbered,
 * and remembered for as long as a login can take; whoever has entered looks whether there was one since the policy was asked.
 */
final class Revocations {
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final HubContext context;
    private final Resuming resuming;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, Revocation> revocations = new ConcurrentHashMap<>(); // by the id of the account

    private record Revocation(long number, long nanos) {}

    Revocations(HubContext context, Resuming resuming) {
        this.context = context;
        this.resuming = resuming;
    }

    /**
     * Ends the sessions of an account, with and without connections.
     *
     * @param id the public id of the account
     * @param except the session that goes on; null for none
     * @param text why, for the user
     * @return whether there was one
     */
    boolean end(long id, @Nullable Participant except, String text) {
        long now = context.nanos();
        revocations.values().removeIf(old -> now - old.nanos() > REMEMBERED_NANOS);
        revocations.put(id, new Revocation(last.incrementAndGet(), now));
        User user = context.users().find(id);
        boolean any = false;
        for (Participant one : user == null ? new Participant[0] : user.participants()) {
            if (except == null || one.origin() != except.origin()) {
                one.expel(new RoomException(Reason.AUTH_FAILED, text));
                resuming.end(one); // if it has no connection
                any = true;
            }
        }
        return any;
    }

    /** The number of the last revocation, for {@link #check}. */
    long last() {
        return last.get();
    }

    /** Puts out somebody who has entered, if the account was revoked since the policy was asked. */
    void check(Participant entered, long asked) {
        Revocation revocation = revocations.get(entered.user().id());
        if (revocation != null && revocation.number() > asked) {
            entered.expel(new RoomException(Reason.AUTH_FAILED, "the password has changed; log in again"));
        }
    }

    /** The password of a session's account has changed: its other sessions end, and it goes on with what the policy says of it. */
    void changed(Participant participant, Map<String, String> attributes) {
        context.users().attributes(participant.user(), attributes);
        resuming.sessions().attributes(participant, attributes);
        SessionRecord session = participant.outliving();
        if (session != null) {
            session.changed();
        }
        end(participant.user().id(), participant, "the password of this account was changed; log in again");
    }
}
