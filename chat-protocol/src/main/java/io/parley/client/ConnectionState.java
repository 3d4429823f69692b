package io.parley.client;

/**
 * How far a client's connection has come; only ever forwards.
 *
 * <pre>
 *   CONNECTING --connected--&gt; GREETING --WELCOME--&gt; OPEN
 *        |                       |                  |
 *        +--------- lost --------+---- goodbye -----+--&gt; CLOSING --written, lost--&gt; CLOSED
 *        +------------------------ lost ------------------------------------------&gt; CLOSED
 * </pre>
 */
enum ConnectionState {
    /** There is no connection yet. */
    CONNECTING,
    /** HELLO is sent, and the answer has not come. */
    GREETING,
    /** Somebody is logged in. */
    OPEN,
    /** This side has said goodbye; what is queued is written. */
    CLOSING,
    /** The connection is over. */
    CLOSED;

    boolean canBecome(ConnectionState next) {
        return switch (this) {
            case CONNECTING -> next == GREETING || next == CLOSING || next == CLOSED;
            case GREETING -> next == OPEN || next == CLOSING || next == CLOSED;
            case OPEN -> next == CLOSING || next == CLOSED;
            case CLOSING -> next == CLOSED;
            case CLOSED -> false;
        };
    }
}
