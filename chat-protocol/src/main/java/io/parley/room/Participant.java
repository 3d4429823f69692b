package io.parley.room;

import io.parley.model.RoomException;
import java.util.concurrent.CompletableFuture;

/**
 * One connection of a user, as the hub knows it: through it a front door joins rooms and leaves the hub. Any thread
 * may call it.
 */
public final class Participant {
    private final Hub hub;
    private final User user;
    private final long origin;
    private final Encoding encoding;
    private final Outlet outlet;

    Participant(Hub hub, User user, long origin, Encoding encoding, Outlet outlet) {
        this.hub = hub;
        this.user = user;
        this.origin = origin;
        this.encoding = encoding;
        this.outlet = outlet;
    }

    /**
     * Whose connection it is.
     *
     * @return the user
     */
    public User user() {
        return user;
    }

    /**
     * The public number of this session.
     *
     * @return 64 random bits, never given twice
     */
    public long origin() {
        return origin;
    }

    Encoding encoding() {
        return encoding;
    }

    Outlet outlet() {
        return outlet;
    }

    /**
     * Joins a room, or joins it anew; makes the room if there is none.
     *
     * @param room the room's name
     * @param past what to give of what was said before
     * @return completes with the cursor, or fails with a {@link RoomException}
     */
    public CompletableFuture<Joined> join(String room, Past past) {
        return hub.join(this, room, past);
    }

    /**
     * Opens the direct conversation with another user.
     *
     * @param name the other's name
     * @param past what to give of what was said before
     * @return completes with the cursor, or fails with a {@link RoomException}
     */
    public CompletableFuture<Joined> direct(String name, Past past) {
        return hub.direct(this, name, past);
    }

    /**
     * Begins to listen to what the server says to everybody.
     *
     * @return completes with the cursor
     */
    public CompletableFuture<Joined> announcements() {
        return hub.announcements().join(this, Past.NOTHING);
    }

    /**
     * Takes another name, and tells the rooms.
     *
     * @param wanted the new name
     * @return the name as it is now
     * @throws RoomException if the name is taken or not allowed
     */
    public String rename(String wanted) {
        return hub.rename(user, wanted);
    }

    /**
     * Ends this connection's part in the hub; with the user's last one the name is free again. The owner leaves its
     * rooms first. Idempotent.
     */
    public void exit() {
        hub.exit(this);
    }
}
