package io.parley.transport.memory;

import java.util.Map;
import java.util.Set;

/**
 * The states of a memory connection and every legal transition between them.
 *
 * <pre>
 *   CONNECTING --accepted--> OPENING --onOpen--> OPEN --close()--> CLOSING --drained--> HALF_CLOSED
 *       |                     |   |               |                 ^  |                    |
 *       |                     |   '-- onOpen, close() came before --'  |                    |
 *       |                     |                   |                    |                    |
 *       '---------------------'-------------------'---------.----------'--------------------'
 *                                                           |  abort(), end of stream, fault, handler threw
 *                                                           v
 *                                                        ENDING --onClosed--> CLOSED
 * </pre>
 */
enum ConnectionState {
    /** The connecting end looks for a listener. */
    CONNECTING,
    /** The link exists; {@code onOpen} comes next. */
    OPENING,
    /** Bytes flow both ways. */
    OPEN,
    /** The handler writes what is left; input is discarded. */
    CLOSING,
    /** The output has ended; input is discarded until the peer ends it. */
    HALF_CLOSED,
    /** The reason of the end is known; {@code onClosed} comes next. */
    ENDING,
    /** The connection is over. */
    CLOSED;

    private static final Map<ConnectionState, Set<ConnectionState>> TRANSITIONS = Map.of(
            CONNECTING, Set.of(OPENING, ENDING),
            OPENING, Set.of(OPEN, CLOSING, ENDING),
            OPEN, Set.of(CLOSING, ENDING),
            CLOSING, Set.of(HALF_CLOSED, ENDING),
            HALF_CLOSED, Set.of(ENDING),
            ENDING, Set.of(CLOSED),
            CLOSED, Set.of());

    boolean canBecome(ConnectionState next) {
        return TRANSITIONS.getOrDefault(this, Set.of()).contains(next);
    }

    /** Returns the next state, or throws IllegalStateException if the table does not have the transition. */
    ConnectionState to(ConnectionState next) {
        if (!canBecome(next)) {
            throw new IllegalStateException("a connection cannot go from " + this + " to " + next);
        }
        return next;
    }
}
