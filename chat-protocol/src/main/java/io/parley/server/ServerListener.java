package io.parley.server;

import io.parley.model.Entry;
import io.parley.room.HubListener;
import io.parley.room.Room;
import io.parley.room.User;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Told of everything that happens at a server: in its hub, and at its doors. Called in order, on one thread at a time
 * of the scheduler's executor. It may block, but misses events when it falls too far behind.
 */
public interface ServerListener extends HubListener {

    /**
     * Whether this listener is told of an entry. Messages are by far the most that happens, and each that is told takes a
     * place in a queue and may wake a thread: a listener that needs no messages says so here. Unlike the others this is
     * called at once, on the thread that moves the room, maybe on several at a time: it must return immediately.
     *
     * @param room the room
     * @param entry the entry
     * @return true unless it is overridden
     */
    default boolean wantsEntry(Room room, Entry.Sequenced entry) {
        return true;
    }

    /**
     * A connection is there; nobody is logged in on it yet.
     *
     * @param from where it comes from
     */
    default void onConnect(SocketAddress from) {}

    /**
     * A connection is over.
     *
     * @param from where it came from
     * @param user who was logged in on it, or null
     * @param why the reason; empty for a goodbye
     */
    default void onDisconnect(SocketAddress from, @Nullable User user, String why) {}

    /**
     * A connection was turned away: there were too many, it could not log in, it broke the protocol or a bound, or
     * somebody was removed.
     *
     * @param from where it comes from
     * @param code one of {@link io.parley.model.ErrorCode}
     * @param text the same for a person
     */
    default void onRefused(SocketAddress from, int code, String text) {}

    /**
     * A member is so slow that it fell out of a room's window. It is told, and fetches what it missed.
     *
     * @param user the member
     * @param room the room
     * @param from the first number it missed
     * @param to the last
     */
    default void onGap(User user, Room room, long from, long to) {}

    /**
     * A connection was cut because it took no byte for as long as the write timeout.
     *
     * @param from where it came from
     * @param user who was logged in on it, or null
     */
    default void onSlow(SocketAddress from, @Nullable User user) {}
}
