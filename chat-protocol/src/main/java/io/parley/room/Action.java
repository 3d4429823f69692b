package io.parley.room;

/** An act of moderation on one user of a room. */
public enum Action {
    /** Sends the user out; it may come back. */
    KICK,
    /** Sends the user out and keeps it out, for a time or for good. */
    BAN,
    /** Lifts a ban. */
    UNBAN,
    /** Takes the user's voice, for a time or for good. */
    MUTE,
    /** Gives the voice back. */
    UNMUTE,
    /** Lets the user into an invite-only room. */
    INVITE,
    /** Takes an invitation back. */
    UNINVITE,
    /** Makes the user a plain member. */
    MAKE_MEMBER,
    /** Makes the user a moderator. */
    MAKE_MODERATOR,
    /** Makes the user an owner. */
    MAKE_OWNER;

    /**
     * The role this action gives, for the three that give one.
     *
     * @return the role
     * @throws IllegalStateException for any other action
     */
    Role role() {
        return switch (this) {
            case MAKE_MEMBER -> Role.MEMBER;
            case MAKE_MODERATOR -> Role.MODERATOR;
            case MAKE_OWNER -> Role.OWNER;
            default -> throw new IllegalStateException(this + " gives no role");
        };
    }

    boolean givesRole() {
        return compareTo(MAKE_MEMBER) >= 0;
    }

    /** Whether it makes one of the room's lists longer. */
    boolean lists() {
        return switch (this) {
            case BAN, MUTE, INVITE, MAKE_MODERATOR, MAKE_OWNER -> true;
            case KICK, UNBAN, UNMUTE, UNINVITE, MAKE_MEMBER -> false;
        };
    }

    boolean removes() {
        return this == KICK || this == BAN;
    }
}
