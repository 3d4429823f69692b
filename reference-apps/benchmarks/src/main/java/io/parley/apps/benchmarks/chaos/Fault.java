package io.parley.apps.benchmarks.chaos;

/** What the proxy does to a connection. */
enum Fault {
    /** Both sides are closed in order. */
    CUT,
    /** Both sides are reset. */
    RESET,
    /** Nothing is forwarded for a time. */
    STALL,
    /** One side is closed. The other stays open, and nothing is read from it. */
    HALF_OPEN,
    /** What is forwarded comes later, as long as the connection lasts. */
    DELAY,
    /** The connection is reset; of the next one the server's answer to HELLO is discarded before it is reset as well. */
    SWALLOW;

    /** Whether the client needs another connection. */
    boolean breaks() {
        return this != STALL && this != DELAY;
    }
}
