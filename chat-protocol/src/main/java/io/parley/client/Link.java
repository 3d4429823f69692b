package io.parley.client;

import io.parley.model.UserItem;
import io.parley.wire.ClientFrame;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The client's session, as its requests and rooms need it: over whatever connection it has. Any thread. */
interface Link {

    /** Queues a frame; {@link #flush} sends it. While there is no connection it is dropped. Under any lock. */
    void queue(ClientFrame frame);

    /** Queues a frame as bytes, as above. Under any lock. */
    void queue(byte[] frame);

    /** Sends what is queued. */
    void flush();

    /** Whether the server takes a frame of so many bytes. */
    boolean mayBeSent(int bytes);

    /** The largest frame that may come. */
    int maxFrameBytes();

    /** The way to the application. */
    Callbacks callbacks();

    /** The requests without a reply. */
    PendingRequests requests();

    /** A room of which the server is told what was read. */
    interface Marked {
        /** The room's number; another after a new session. */
        int number();

        /** The membership. */
        Place place();

        /** The server knows. The reader's thread. */
        void read(long seq);
    }

    /** A room was read up to a number; completes when the server holds that, or a higher one. */
    CompletableFuture<@Nullable Void> read(Marked room, long seq);

    /** The commands without an outcome. */
    PendingCommands commands();

    /** Who this user is, with the name that the server gave. */
    UserItem user();

    /** The public number of the session. */
    long origin();

    /** Whether a session is this one, or an earlier one of this client. */
    boolean isOwn(long session);

    /** Whether a user is this one, or was it in an earlier session of this client. */
    boolean isSelf(long id);

    /** How many entries the server gives at once. */
    int historyPage();

    /** Monotonic time in nanoseconds. */
    long now();

    /** Runs something on the timer's thread, unless the present connection is over by then. */
    void later(long millis, Runnable task);

    /** Runs something on the timer's thread, whatever becomes of the connection. */
    void after(long millis, Runnable task);
}
