package io.parley.model;

/**
 * What keeps somebody out of a room, or silent in it. Immutable, for any thread.
 *
 * <p>It binds the user with the id. Of a guest it binds the address, too: whoever comes as a guest from the same address
 * later, within a day. Times are of {@link io.parley.room.Hub#steadyMillis}: nobody can move them.
 *
 * @param number by which it is lifted: that of its entry in the room
 * @param action BAN or MUTE
 * @param user whom it binds, under the name of that time
 * @param addressKey stands for the address of a guest; 0 if the address says nothing
 * @param sinceMillis when it was imposed
 * @param untilMillis when it ends; {@link Long#MAX_VALUE} if it does not
 * @param by who imposed it
 * @param text why; may be empty
 */
public record Restriction(
        long number,
        Action action,
        UserItem user,
        long addressKey,
        long sinceMillis,
        long untilMillis,
        UserItem by,
        String text) {
    private static final long DAY_MILLIS = 24 * 60 * 60 * 1_000L;

    /**
     * Whether it has not ended.
     *
     * @param nowMillis the time
     * @return true if it still binds
     */
    public boolean isRunning(long nowMillis) {
        return nowMillis < untilMillis;
    }

    /**
     * How long it still lasts.
     *
     * @param nowMillis the time
     * @return milliseconds, at least 1 if it is running; 0 if it lasts for good
     */
    public long remainingMillis(long nowMillis) {
        return untilMillis == Long.MAX_VALUE ? 0 : Math.max(1, untilMillis - nowMillis);
    }

    /**
     * Whether it binds a user.
     *
     * @param id the user
     * @param guestKey stands for the address of the user, if it is a guest; else 0
     * @param cameMillis when the user came
     * @param nowMillis the time
     * @return true if the user is meant, or a guest of the same address who came later
     */
    public boolean binds(long id, long guestKey, long cameMillis, long nowMillis) {
        if (!isRunning(nowMillis)) {
            return false;
        }
        return user.id() == id
                || (guestKey != 0
                        && guestKey == addressKey
                        && cameMillis >= sinceMillis
                        && nowMillis < sinceMillis + DAY_MILLIS);
    }

    /**
     * The restriction as a moderator sees it.
     *
     * @param nowMillis the time
     * @return a new value
     */
    public RestrictionItem item(long nowMillis) {
        return new RestrictionItem(number, action.code(), user, by, remainingMillis(nowMillis), text);
    }
}
