package io.parley.model;

import io.parley.codec.ValueText;

/**
 * A member of a room, as lists show it. Immutable, for any thread.
 *
 * @param name the name
 * @param origin the public number of its session; of the first, if it has several
 * @param role what it may do in the room
 */
public record Member(String name, long origin, Role role) {
    @Override
    public String toString() {
        return new ValueText("MEMBER_ITEM")
                .text("name", name)
                .bits("origin", origin)
                .word("role", role.name())
                .toString();
    }
}
