package io.parley.room;

/**
 * What a front door lets the hub tell one of its connections. Called by any thread, never under a lock; must
 * return quickly.
 */
public interface Outlet {

    /**
     * A cursor that had gone idle has something to read again, or has ended. Called once for each time it
     * went idle.
     *
     * @param cursor the cursor
     */
    void ready(Cursor cursor);

    /**
     * A direct conversation has begun; the cursor stands before its first message and is not started.
     *
     * @param joined the cursor and the conversation as it is
     */
    void opened(Joined joined);
}
