package io.parley.room;

/**
 * The bounds of a hub.
 *
 * @param maxWindowBytes memory for the newest encoded entries of all rooms together
 * @param maxRooms rooms in use at a time, direct conversations included
 * @param maxRoomsPerUser rooms one user may be in, and as many direct conversations
 * @param maxMembers members of a room that sets no lower limit
 * @param maxListed up to how many members a room tells their names
 * @param maxBodyBytes length of a message's text in UTF-8
 * @param maxTextBytes length of topics and reasons in UTF-8
 * @param maxRestrictions roles, bans, mutes and invitations of a room together
 * @param pageEntries entries of a page of history
 * @param pageBytes about how many bytes of text a page of history holds
 */
public record HubOptions(
        long maxWindowBytes,
        int maxRooms,
        int maxRoomsPerUser,
        int maxMembers,
        int maxListed,
        int maxBodyBytes,
        int maxTextBytes,
        int maxRestrictions,
        int pageEntries,
        int pageBytes) {

    /** 64 MiB of window, 10,000 rooms, 100 rooms a user, 100,000 members, messages of 16 KiB, pages of 200. */
    public static final HubOptions DEFAULT =
            new HubOptions(64L << 20, 10_000, 100, 100_000, 500, 16 << 10, 512, 1_000, 200, 64 << 10);

    void check() {
        long least = Math.min(maxWindowBytes, Math.min(pageEntries, pageBytes));
        least = Math.min(least, Math.min(Math.min(maxRooms, maxRoomsPerUser), Math.min(maxMembers, maxListed)));
        least = Math.min(least, Math.min(Math.min(maxBodyBytes, maxTextBytes), maxRestrictions));
        if (least < 1) {
            throw new IllegalArgumentException("a bound is less than 1: " + this);
        }
    }

    /**
     * The same with another window.
     *
     * @param bytes memory for the newest encoded entries
     * @return the options
     */
    public HubOptions withMaxWindowBytes(long bytes) {
        return new HubOptions(
                bytes,
                maxRooms,
                maxRoomsPerUser,
                maxMembers,
                maxListed,
                maxBodyBytes,
                maxTextBytes,
                maxRestrictions,
                pageEntries,
                pageBytes);
    }
}
