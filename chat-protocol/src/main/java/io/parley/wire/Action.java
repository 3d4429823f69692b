package io.parley.wire;

/** What a moderator does, as a number of an open set. Constants and lookups, for any thread. */
public final class Action {
    /** Removes a member from the room. */
    public static final int KICK = 1;

    /** Removes somebody and keeps them out. */
    public static final int BAN = 2;

    /** Lets a banned one come again. */
    public static final int UNBAN = 3;

    /** Takes a member's word. */
    public static final int MUTE = 4;

    /** Gives it back. */
    public static final int UNMUTE = 5;

    /** Lets somebody into an invite-only room. */
    public static final int INVITE = 6;

    /** Takes an invitation back. */
    public static final int UNINVITE = 7;

    /** Makes somebody an ordinary member. */
    public static final int MAKE_MEMBER = 8;

    /** Makes somebody a moderator. */
    public static final int MAKE_MODERATOR = 9;

    /** Makes somebody an owner. */
    public static final int MAKE_OWNER = 10;

    private Action() {}

    /**
     * The name of an action.
     *
     * @param action an action, known or not
     * @return its name as above, or {@code ACTION_} and the number
     */
    public static String name(int action) {
        return switch (action) {
            case KICK -> "KICK";
            case BAN -> "BAN";
            case UNBAN -> "UNBAN";
            case MUTE -> "MUTE";
            case UNMUTE -> "UNMUTE";
            case INVITE -> "INVITE";
            case UNINVITE -> "UNINVITE";
            case MAKE_MEMBER -> "MAKE_MEMBER";
            case MAKE_MODERATOR -> "MAKE_MODERATOR";
            case MAKE_OWNER -> "MAKE_OWNER";
            default -> "ACTION_" + action;
        };
    }
}
