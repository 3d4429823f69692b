package io.parley.room;

import io.parley.model.SessionToken;
import java.util.Objects;

/**
 * A connection wants a session that outlives it, or to go on with one. Immutable, for any thread.
 *
 * @param token the token of the session to go on with; none for a new session
 * @param encrypted whether the connection is under TLS
 * @param inFlight how many commands without an outcome the client may have
 */
public record ResumeRequest(SessionToken token, boolean encrypted, int inFlight) {
    /**
     * Makes one.
     *
     * @param token the token of the session to go on with; none for a new session
     * @param encrypted whether the connection is under TLS
     * @param inFlight how many commands without an outcome the client may have
     */
    public ResumeRequest {
        Objects.requireNonNull(token, "token");
    }

    /** Without the token, so that it is in no log. */
    @Override
    public String toString() {
        return "resume" + (token.isNone() ? "" : " with a token");
    }
}
