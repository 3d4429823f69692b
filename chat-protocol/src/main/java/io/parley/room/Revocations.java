package io.parley.room;

import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.sequencer.SessionRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends sessions whose account has another password, or is gone. Any thread. */
final class Revocations {
    private final HubContext context;
    private final Resuming resuming;

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
        resuming.revoked().add(id, context.nanos());
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
        return resuming.revoked().last();
    }

    /** Puts out somebody who has entered, if the account was revoked since the policy was asked. */
    void check(Participant entered, long asked) {
        if (resuming.revoked().isRevoked(entered.user().id(), asked)) {
            entered.expel(Resuming.revokedMeanwhile());
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
