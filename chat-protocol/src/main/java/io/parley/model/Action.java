package io.parley.model;

/** An act of moderation on one user of a room. Immutable, for any thread. */
public enum Action {
    /** An act that this version does not know. No room does it. */
    OTHER(0),
    /** Removes the user from the room; the user may come back. */
    KICK(1),
    /** Removes the user and keeps the user out, for a time or for good. */
    BAN(2),
    /** Lifts a ban. */
    UNBAN(3),
    /** Forbids the user to speak, for a time or for good. */
    MUTE(4),
    /** Lifts a mute. */
    UNMUTE(5),
    /** Lets the user into an invite-only room. */
    INVITE(6),
    /** Takes an invitation back. */
    UNINVITE(7),
    /** Makes the user a plain member. */
    MAKE_MEMBER(8),
    /** Makes the user a moderator. */
    MAKE_MODERATOR(9),
    /** Makes the user an owner. */
    MAKE_OWNER(10);

    private static final Action[] ALL = values(); // by code

    private final int code;

    Action(int code) {
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
     * @return the action; OTHER for an unknown number
     */
    public static Action of(int code) {
        return code > 0 && code < ALL.length ? ALL[code] : OTHER;
    }

    /**
     * Whether it gives a role.
     *
     * @return true for the three that do
     */
    public boolean givesRole() {
        return compareTo(MAKE_MEMBER) >= 0;
    }

    /**
     * The role it gives.
     *
     * @return the role
     * @throws IllegalStateException if it {@linkplain #givesRole gives none}
     */
    public Role role() {
        return switch (this) {
            case MAKE_MEMBER -> Role.MEMBER;
            case MAKE_MODERATOR -> Role.MODERATOR;
            case MAKE_OWNER -> Role.OWNER;
            default -> throw new IllegalStateException(this + " gives no role");
        };
    }

    /**
     * Whether it ends the user's membership.
     *
     * @return true for KICK and BAN
     */
    public boolean removes() {
        return this == KICK || this == BAN;
    }

    /**
     * Whether it imposes a restriction.
     *
     * @return true for BAN and MUTE
     */
    public boolean restricts() {
        return this == BAN || this == MUTE;
    }

    /**
     * Whether it lifts a restriction.
     *
     * @return true for UNBAN and UNMUTE
     */
    public boolean lifts() {
        return this == UNBAN || this == UNMUTE;
    }
}
