package io.parley.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a client stands with its server. Immutable, for any thread.
 *
 * <pre>
 *   CONNECTING --logged in--&gt; ONLINE --lost--&gt; OFFLINE --retry--&gt; CONNECTING
 *        |                       |                |
 *        +--failed, to be tried again-----------&gt; OFFLINE
 *        +--closed, refused for good-------------------------------------------&gt; ENDED
 * </pre>
 *
 * @param phase which of the four
 * @param retryAt when the next attempt begins, by the wall clock; null unless OFFLINE
 * @param cause what ended the last connection or attempt; null unless OFFLINE or ENDED
 */
public record ClientState(
        Phase phase, @Nullable Instant retryAt, @Nullable ChatException cause) {
    static final ClientState CONNECTING = new ClientState(Phase.CONNECTING, null, null);
    static final ClientState ONLINE = new ClientState(Phase.ONLINE, null, null);

    /** What a client is doing. */
    public enum Phase {
        /** A connection is being made, or the login is under way. */
        CONNECTING,
        /** Logged in. */
        ONLINE,
        /** There is no connection; another attempt follows. */
        OFFLINE,
        /** It is over for good. */
        ENDED
    }

    /**
     * Makes a state.
     *
     * @param phase which of the four
     * @param retryAt when the next attempt begins, or null
     * @param cause what ended the last connection or attempt, or null
     */
    public ClientState {
        requireNonNull(phase, "phase");
    }

    static ClientState offline(Instant retryAt, ChatException cause) {
        return new ClientState(Phase.OFFLINE, retryAt, cause);
    }

    static ClientState ended(ChatException cause) {
        return new ClientState(Phase.ENDED, null, cause);
    }
}
