package io.parley.room;

import io.parley.model.EndedMembership;
import io.parley.model.HeldMembership;
import io.parley.model.SessionToken;
import java.util.List;

/**
 * How a connection stands to a session that outlives it. Immutable, for any thread.
 *
 * @param token the token with which another connection goes on with the session; none if it ends with this one
 * @param resumed whether the session was there before
 * @param held the memberships that the connection may go on with
 * @param ended memberships that ended without the user's doing, of the session's whole life, the latest last
 */
public record Resumption(SessionToken token, boolean resumed, List<HeldMembership> held, List<EndedMembership> ended) {
    /** The session ends with its connection. */
    public static final Resumption NONE = new Resumption(SessionToken.NONE, false, List.of(), List.of());

    /**
     * Makes one, with copies of the lists.
     *
     * @param token the token with which another connection goes on with the session; none if it ends with this one
     * @param resumed whether the session was there before
     * @param held the memberships that the connection may go on with
     * @param ended memberships that ended without the user's doing, of the session's whole life, the latest last
     */
    public Resumption {
        held = List.copyOf(held);
        ended = List.copyOf(ended);
    }

    /** Without the token, so that it is in no log. */
    @Override
    public String toString() {
        return resumed ? "resumed, " + held.size() + " memberships" : "new";
    }
}
