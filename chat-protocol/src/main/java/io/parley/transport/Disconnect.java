package io.parley.transport;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended.
 *
 * @param kind the kind of end
 * @param cause what was thrown, where something was
 */
public record Disconnect(Kind kind, @Nullable Throwable cause) {

    /** The kinds of end. */
    public enum Kind {
        /** Closed by {@link Connection#close()}, and everything was handed over. */
        CLOSED,
        /** Cut by {@link Connection#abort()}. */
        ABORTED,
        /** The peer ended the stream in order. */
        ENDED,
        /** The stream broke off without the end that its protocol demands (TLS without close_notify). */
        TRUNCATED,
        /** Reset, or another input or output error; or the connection could not be made. */
        FAILED,
        /** The handler threw. */
        HANDLER_FAILED
    }

    /**
     * An end without an exception.
     *
     * @param kind the kind of end
     * @return the disconnect
     */
    public static Disconnect of(Kind kind) {
        return new Disconnect(kind, null);
    }

    @Override
    public String toString() {
        return cause == null ? kind.name() : kind + " (" + cause + ")";
    }
}
