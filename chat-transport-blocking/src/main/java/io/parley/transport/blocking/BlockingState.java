package io.parley.transport.blocking;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The states of a connection.
 *
 * <pre>
 *   CONNECTING -- connected --> HANDSHAKING -- done --> OPEN -- close() --> CLOSING -- all is written --> OUTPUT_ENDED
 *       |                           |                    |                    |                               |
 *       '---------------------------'--------------------'--- there is a reason to end ----------------------'
 *                                                                  |
 *                                                                  v
 *                                                               ENDING -- both threads have left --> CLOSED
 * </pre>
 *
 * <p>The reasons to end are an abort, a failure, the peer's end of an open connection, and that both threads have
 * nothing left to do.
 */
enum BlockingState {
    /** The reader thread connects the channel. An accepted channel is connected already. */
    CONNECTING,
    /** The handler knows the connection. Under TLS the reader thread runs the handshake. */
    HANDSHAKING,
    /** The reader and the writer thread move bytes. */
    OPEN,
    /** {@code close()} was called. The writer writes the rest; the reader discards input. */
    CLOSING,
    /** The end of the stream is sent and the writer leaves. The reader discards input until the peer ends too. */
    OUTPUT_ENDED,
    /** The reason to end is known and the channel is closed. The threads leave. */
    ENDING,
    /** Both threads have left. The last state. */
    CLOSED;

    private static final Map<BlockingState, Set<BlockingState>> NEXT = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            CONNECTING, EnumSet.of(HANDSHAKING, ENDING),
            HANDSHAKING, EnumSet.of(OPEN, ENDING),
            OPEN, EnumSet.of(CLOSING, ENDING),
            CLOSING, EnumSet.of(OUTPUT_ENDED, ENDING),
            OUTPUT_ENDED, EnumSet.of(ENDING),
            ENDING, EnumSet.of(CLOSED),
            CLOSED, EnumSet.noneOf(BlockingState.class))));

    /** Whether this state may be followed by that one. */
    boolean canBecome(BlockingState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether {@code close()} has taken effect and the connection has not ended, so that input is discarded. */
    boolean isDiscarding() {
        return this == CLOSING || this == OUTPUT_ENDED;
    }

    /** Whether the reason to end is known. */
    boolean isEnded() {
        return this == ENDING || this == CLOSED;
    }
}
