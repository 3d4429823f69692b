package io.parley.room;

/** What a user may do in a room, least first: each role may do what those before it may. */
public enum Role {
    /** May speak. */
    MEMBER,
    /** May also set the topic, invite, and kick, ban and mute members. */
    MODERATOR,
    /** May also give roles and change the room's settings. */
    OWNER
}
