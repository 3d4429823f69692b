package io.parley.model;

import io.parley.codec.ValueText;
import java.util.Objects;

/**
 * A membership of a session that goes on over a new connection. Immutable, for any thread.
 *
 * @param room the number of the room
 * @param kind what the room is for
 * @param epoch the epoch of the room's numbers
 * @param head the highest number given so far
 * @param from the number of the last entry before the membership
 * @param name the room's name; of a direct conversation the other's
 */
public record HeldMembership(int room, RoomKind kind, long epoch, long head, long from, String name) {
    /**
     * Makes one.
     *
     * @param room the number of the room
     * @param kind what the room is for
     * @param epoch the epoch of the room's numbers
     * @param head the highest number given so far
     * @param from the number of the last entry before the membership
     * @param name the room's name; of a direct conversation the other's
     */
    public HeldMembership {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return new ValueText("HELD")
                .number("room", room)
                .text("kind", kind.name())
                .bits("epoch", epoch)
                .number("head", head)
                .number("from", from)
                .text("name", name)
                .toString();
    }
}
