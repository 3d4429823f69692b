package io.parley.model;

/** What a user may do in a room, least first: each role may do what those before it may. Immutable, for any thread. */
public enum Role {
    /** May speak. */
    MEMBER(0),
    /** May also set the topic, invite, and kick, ban and mute members. */
    MODERATOR(1),
    /** May also give roles and change the room's settings. */
    OWNER(2);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /**
     * The number that stands for it on the wire and in journals.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    /**
     * Finds it by its number.
     *
     * @param code a number, known or not
     * @return the role; MEMBER, which may do least, for an unknown number
     */
    public static Role of(int code) {
        return switch (code) {
            case 1 -> MODERATOR;
            case 2 -> OWNER;
            default -> MEMBER;
        };
    }
}
