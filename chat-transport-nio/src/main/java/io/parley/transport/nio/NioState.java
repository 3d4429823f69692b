package io.parley.transport.nio;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The states of a connection. A state says which of the two directions are still open and who ends them.
 *
 * <pre>
 *   CONNECTING -- connected --> HANDSHAKING -- done --> OPEN -- close() --> DRAINING
 *
 *   DRAINING -- the handler has no more --> ENDING -- our end is sent --> AWAITING_PEER
 *      |                                      |                                |
 *   the peer ended                         the peer ended                   the peer ended
 *      v                                      v                                v
 *   DRAINING_INPUT_ENDED -- no more --> ENDING_INPUT_ENDED -- sent --------> CLOSED
 *
 *   every other state -- abort(), failure; in OPEN also the peer's end --> CLOSED
 * </pre>
 */
enum NioState {
    /** The channel is not connected yet, or the loop has not begun with an accepted one. */
    CONNECTING,
    /** The handler knows the connection. Under TLS the handshake is under way. */
    HANDSHAKING,
    /** Bytes flow in both directions. */
    OPEN,
    /** {@code close()} was called. The handler writes the rest; input is discarded. */
    DRAINING,
    /** As DRAINING, and the peer has ended its direction. */
    DRAINING_INPUT_ENDED,
    /** The handler has written everything. The end of the stream is being sent; input is discarded. */
    ENDING,
    /** As ENDING, and the peer has ended its direction. */
    ENDING_INPUT_ENDED,
    /** The end of the stream is sent. Input is discarded until the peer ends its direction. */
    AWAITING_PEER,
    /** The channel is closed. The last state. */
    CLOSED;

    private static final Map<NioState, Set<NioState>> NEXT = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            CONNECTING, EnumSet.of(HANDSHAKING, CLOSED),
            HANDSHAKING, EnumSet.of(OPEN, CLOSED),
            OPEN, EnumSet.of(DRAINING, CLOSED),
            DRAINING, EnumSet.of(DRAINING_INPUT_ENDED, ENDING, CLOSED),
            DRAINING_INPUT_ENDED, EnumSet.of(ENDING_INPUT_ENDED, CLOSED),
            ENDING, EnumSet.of(ENDING_INPUT_ENDED, AWAITING_PEER, CLOSED),
            ENDING_INPUT_ENDED, EnumSet.of(CLOSED),
            AWAITING_PEER, EnumSet.of(CLOSED),
            CLOSED, EnumSet.noneOf(NioState.class))));

    /** Whether this state may be followed by that one. */
    boolean canBecome(NioState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether bytes may be moved: the handshake is complete and the channel is not closed. */
    boolean isEstablished() {
        return this != CONNECTING && this != HANDSHAKING && this != CLOSED;
    }

    /** Whether the channel is read. */
    boolean isReading() {
        return this == OPEN || this == DRAINING || this == ENDING || this == AWAITING_PEER;
    }

    /** Whether {@code close()} has taken effect, so that input is discarded. */
    boolean isDiscarding() {
        return this != OPEN && isEstablished();
    }

    /** Whether the handler may be asked for bytes. */
    boolean isWriting() {
        return this == OPEN || this == DRAINING || this == DRAINING_INPUT_ENDED;
    }

    /** Whether the end of the stream is being sent. */
    boolean isEnding() {
        return this == ENDING || this == ENDING_INPUT_ENDED;
    }

    /** The state after the peer ended its direction. */
    NioState afterInputEnd() {
        return switch (this) {
            case DRAINING -> DRAINING_INPUT_ENDED;
            case ENDING -> ENDING_INPUT_ENDED;
            default -> CLOSED;
        };
    }

    /** The state after the handler of a draining connection wrote everything; the same state if it is not draining. */
    NioState afterDrain() {
        return switch (this) {
            case DRAINING -> ENDING;
            case DRAINING_INPUT_ENDED -> ENDING_INPUT_ENDED;
            default -> this;
        };
    }

    /** The state after the end of the stream is sent. */
    NioState afterOutputEnd() {
        return this == ENDING ? AWAITING_PEER : CLOSED;
    }
}
