package io.parley.room;

/** What a user may do in a room, least first: each role may do what those before it may. */
public enum Role {
    /** May speak. */
    MEMBER,
    /** May also set the topic, invite, and kick, ban and mute members. */
    MODERATOR,
    /** May also give roles and change the room's settings. */
    OWNER;

    /**
     * Whether this role may act on somebody who holds another.
     *
     * @param other the role of the one acted on
     * @return true for owners always, for moderators where the other is a plain member
     */
    boolean outranks(Role other) {
        return this == OWNER || compareTo(other) > 0;
    }
}
