package io.parley.gateway;

import io.parley.room.Room;
import io.parley.room.User;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Told of what happens to connections, of all gateways alike. */
public interface ConnectionListener {

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
