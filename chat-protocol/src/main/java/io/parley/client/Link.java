package io.parley.client;

import io.parley.wire.ClientFrame;

/** The connection, as the requests and rooms of a client need it. Any thread. */
interface Link {

    /** Queues a frame; {@link #flush} sends it. Under any lock. */
    void queue(ClientFrame frame);

    /** Queues a frame as bytes. Under any lock. */
    void queue(byte[] frame);

    /** Sends what is queued. */
    void flush();

    /** Whether the server takes a frame of this length. */
    boolean mayBeSent(byte[] frame);

    /** The largest frame that may come. */
    int maxFrameBytes();

    /** The way to the application. */
    Callbacks callbacks();

    /** The requests without a reply. */
    PendingRequests requests();

    /** The messages without an outcome. */
    PendingMessages messages();

    /** The name that the server gave. */
    String name();

    /** The public number of the session. */
    long origin();

    /** Monotonic time in nanoseconds. */
    long now();

    /** Runs something on the timer's thread, unless the connection is over by then. */
    void later(long millis, Runnable task);
}
