package io.parley.client;

/** Why a message is told now. */
public enum MessageKind {
    /** It was said before the client came: part of the backlog that was asked for, or of a page of history. */
    HISTORY,
    /** It was said while the client had no connection, and is told now. */
    CATCH_UP,
    /** It is told as it is said. */
    LIVE
}
