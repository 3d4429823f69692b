package io.parley.model;

/**
 * What keeps somebody off the whole server. Immutable, for any thread. Times are of {@link io.parley.room.Hub#steadyMillis}.
 *
 * @param number by which it is lifted, from 1
 * @param kind what it binds
 * @param subject whom: the name, the account's name, the address or the network, as it was given
 * @param sinceMillis when it was imposed
 * @param untilMillis when it ends; {@link Long#MAX_VALUE} if it does not
 * @param by the name of who imposed it
 * @param text why; may be empty
 */
public record ServerBan(
        long number, Kind kind, String subject, long sinceMillis, long untilMillis, String by, String text) {

    /** What a ban of the server binds. */
    public enum Kind {
        /** Whoever has the name or one that looks like it. */
        NAME,
        /** An account, whatever its name and wherever it comes from. */
        ACCOUNT,
        /** Whoever comes from an IPv4 address, or from the /64 network of an IPv6 address. */
        ADDRESS,
        /** Whoever comes from a network, such as 203.0.113.0/24. */
        NETWORK
    }

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
}
