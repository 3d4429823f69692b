package io.parley.room;

/**
 * What a room's owner can set.
 *
 * @param inviteOnly whether only the invited (and moderators) may join
 * @param memberLimit how many members there may be; 0 or less means the hub's own bound
 * @param presence how much is told of who comes and goes
 */
public record RoomSettings(boolean inviteOnly, int memberLimit, PresenceMode presence) {
    /**
     * Makes settings; any limit below 0 is taken for 0.
     *
     * @param inviteOnly whether only the invited (and moderators) may join
     * @param memberLimit how many members there may be; 0 or less means the hub's own bound
     * @param presence how much is told of who comes and goes
     */
    public RoomSettings {
        memberLimit = Math.max(0, memberLimit);
    }

    /** Open to all, no limit of its own, full presence. */
    public static final RoomSettings DEFAULT = new RoomSettings(false, 0, PresenceMode.FULL);
}
