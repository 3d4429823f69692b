package io.parley.apps.benchmarks.storage;

import java.util.Locale;

/** Where the server is killed. */
enum Point {
    /** The server has asked for an append, and the journal does not know of it. */
    BEFORE_APPEND,
    /** The journal has just been given the append. */
    DURING_APPEND,
    /** The journal has kept the append, and the server has not heard of it. */
    AFTER_COMMIT_BEFORE_ACK,
    /** The first member of the room was shown a message. */
    DURING_PUBLICATION,
    /** A client was told that its message is kept. */
    AFTER_ACK,
    /** The server wants to store sessions, and the journal does not know of it. */
    BEFORE_SESSION_PUT,
    /** Sessions are stored, and the server has not heard of it. */
    AFTER_SESSION_PUT,
    /** The server that was started after a kill reads what is kept. */
    DURING_RESTART,
    /** All that was said is acknowledged. */
    IDLE;

    /** The name that is printed. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the process of the server stops itself there; else its clients know when it is there. */
    boolean isInServer() {
        return this != DURING_PUBLICATION && this != AFTER_ACK && this != IDLE;
    }

    /** Whether an append is kept, or may be, and nobody was told. */
    boolean isBetweenAppendAndAck() {
        return this == DURING_APPEND || this == AFTER_COMMIT_BEFORE_ACK;
    }
}
