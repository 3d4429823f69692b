package io.parley.transport.memory;

import java.util.Map;
import java.util.Set;

/**
 * The states of a memory connection and every legal transition between them.
 *
 * <pre>
 *   CONNECTING --accepted--> OPENING --onOpen--> OPEN --close()--> CLOSING --drained--> HALF_CLOSED
 *                               |                                     ^
 *                               '--- onOpen, after an early close() --'
 *
 *   each of these --abort(), end of input, fault, handler threw--> ENDING --onClosed--> CLOSED
 * </pre>
 */
enum ConnectionState {
    CONNECTING, // the connecting end looks for a listener
    OPENING, // both ends exist; onOpen is the next callback
    OPEN, // bytes flow both ways
    CLOSING, // the handler writes the rest; input is discarded
    HALF_CLOSED, // the output has ended; input is discarded until it ends too
    ENDING, // the reason is known; onClosed is the next callback
    CLOSED; // no callback comes any more

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

    /** Returns the next state; throws IllegalStateException if the transition is not in the table. */
    ConnectionState to(ConnectionState next) {
        if (!canBecome(next)) {
            throw new IllegalStateException("a connection cannot go from " + this + " to " + next);
        }
        return next;
    }
}
