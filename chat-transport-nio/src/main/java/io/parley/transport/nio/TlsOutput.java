package io.parley.transport.nio;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The states of the output under TLS.
 *
 * <pre>
 *   OPEN -- closeOutbound --> CLOSING -- close_notify is encrypted --> NOTIFIED
 * </pre>
 *
 * <p>CLOSING is left only after the bytes that were taken before are written.
 */
enum TlsOutput {
    /** The engine takes bytes. */
    OPEN,
    /** The engine takes no more bytes. It has not given its close_notify yet. */
    CLOSING,
    /** The close_notify is in the library, or written. */
    NOTIFIED;

    private static final Map<TlsOutput, Set<TlsOutput>> NEXT = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            OPEN, EnumSet.of(CLOSING),
            CLOSING, EnumSet.of(NOTIFIED),
            NOTIFIED, EnumSet.noneOf(TlsOutput.class))));

    /** Whether this state may be followed by that one. */
    boolean canBecome(TlsOutput next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /**
     * Changes the state.
     *
     * @return the given state
     * @throws IllegalStateException if there is no such transition
     */
    TlsOutput to(TlsOutput next) {
        if (!canBecome(next)) {
            throw new IllegalStateException(this + " cannot become " + next);
        }
        return next;
    }
}
