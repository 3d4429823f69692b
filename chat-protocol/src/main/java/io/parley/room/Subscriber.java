package io.parley.room;

import io.parley.model.RoomException;
import io.parley.model.RoomRef;
import io.parley.model.Snapshot;
import io.parley.model.UserItem;

/**
 * What a gateway lets the hub tell one of its connections. Called by any thread, never under a lock; must return quickly.
 */
public interface Subscriber {

    /**
     * A subscription that was asleep has something to read again, or has ended. Called once for each time it went to sleep.
     *
     * @param subscription the subscription
     */
    void ready(Subscription subscription);

    /**
     * A direct conversation has begun. The subscription is before its first message, and is not started.
     *
     * @param subscription the subscription
     * @param snapshot the conversation as it is
     */
    void opened(Subscription subscription, Snapshot snapshot);

    /**
     * The policy has not answered yet: the session may be asked for nothing more. Called by the thread that uses the session.
     */
    default void waits() {}

    /** The policy has answered: the session may be used again. Called by a thread of the hub's executor. */
    default void goesOn() {}

    /**
     * The server has given the user another name. Must not block.
     *
     * @param user the user with its new name
     */
    default void renamed(UserItem user) {}

    /**
     * The user's account has read a room up to a number, on another connection. Must not block.
     *
     * @param room the room
     * @param seq the number
     */
    default void read(RoomRef room, long seq) {}

    /**
     * The connection is to end: the user is banned from the server, or another connection goes on with the session. Must not
     * block.
     *
     * @param why why, and for how long
     */
    default void expelled(RoomException why) {}
}
