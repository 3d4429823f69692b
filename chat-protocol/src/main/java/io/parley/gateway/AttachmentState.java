package io.parley.gateway;

/**
 * How far a connection has come; only ever forwards.
 *
 * <pre>
 *   LOGIN --asks--&gt; DECIDING --let in--&gt; OPEN
 *     |                |                   |
 *     +--- refused ----+--- goodbye, error +--&gt; CLOSING --written--&gt; CLOSED
 *     +---------------------- lost --------------------------------&gt; CLOSED
 * </pre>
 */
enum AttachmentState {
    /** Nobody is logged in. */
    LOGIN,
    /** The policy decides about the login. */
    DECIDING,
    /** Somebody is logged in. */
    OPEN,
    /** Nothing is read any more; what is queued is written. */
    CLOSING,
    /** The connection is over. */
    CLOSED;

    boolean canBecome(AttachmentState next) {
        return switch (this) {
            case LOGIN -> next == DECIDING || next == CLOSING || next == CLOSED;
            case DECIDING -> next == OPEN || next == CLOSING || next == CLOSED;
            case OPEN -> next == CLOSING || next == CLOSED;
            case CLOSING -> next == CLOSED;
            case CLOSED -> false;
        };
    }

    boolean isEnding() {
        return compareTo(CLOSING) >= 0;
    }
}
