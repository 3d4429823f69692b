package io.parley.model;

import io.parley.codec.ValueText;

/**
 * A member of a room, as lists show it. Immutable, for any thread.
 *
 * @param user who it is
 * @param role what it may do in the room
 * @param here whether it has a session in the room; false for an account that is a member and away
 */
public record Member(UserItem user, Role role, boolean here) {

    /**
     * A member who is here.
     *
     * @param user who it is
     * @param role what it may do in the room
     */
    public Member(UserItem user, Role role) {
        this(user, role, true);
    }

    /**
     * The name of the member.
     *
     * @return the name
     */
    public String name() {
        return user.name();
    }

    @Override
    public String toString() {
        return new ValueText("MEMBER")
                .nested("user", user)
                .word("role", role.name())
                .flag("here", here)
                .toString();
    }
}
