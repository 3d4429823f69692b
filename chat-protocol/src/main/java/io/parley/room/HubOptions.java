package io.parley.room;

import io.parley.model.Checks;
import java.time.Duration;

/** The bounds of rooms and users. Immutable, for any thread. */
public final class HubOptions {
    /** 64 MiB of window or a tenth of the heap, 10,000 rooms, 100 rooms a user, 100,000 members, messages of 16 KiB, pages of 200, 10 s for a policy. */
    public static final HubOptions DEFAULT = builder().build();

    private final long maxWindowBytes;
    private final int maxRooms;
    private final int maxRoomsPerUser;
    private final int maxMembers;
    private final int maxListed;
    private final int maxBodyBytes;
    private final int maxTextBytes;
    private final int maxRestrictions;
    private final int pageEntries;
    private final int pageBytes;
    private final Duration policyTimeout;
    private final Duration grace;
    private final int maxHeld;
    private final int maxHeldPerAddress;

    private HubOptions(Builder builder) {
        maxWindowBytes = builder.maxWindowBytes;
        maxRooms = builder.maxRooms;
        maxRoomsPerUser = builder.maxRoomsPerUser;
        maxMembers = builder.maxMembers;
        maxListed = builder.maxListed;
        maxBodyBytes = builder.maxBodyBytes;
        maxTextBytes = builder.maxTextBytes;
        maxRestrictions = builder.maxRestrictions;
        pageEntries = builder.pageEntries;
        pageBytes = builder.pageBytes;
        policyTimeout = builder.policyTimeout;
        grace = builder.grace;
        maxHeld = builder.maxHeld;
        maxHeldPerAddress = builder.maxHeldPerAddress;
    }

    /**
     * Begins to build options.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build other options from these.
     *
     * @return a builder with every option as it is here
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxWindowBytes = maxWindowBytes;
        builder.maxRooms = maxRooms;
        builder.maxRoomsPerUser = maxRoomsPerUser;
        builder.maxMembers = maxMembers;
        builder.maxListed = maxListed;
        builder.maxBodyBytes = maxBodyBytes;
        builder.maxTextBytes = maxTextBytes;
        builder.maxRestrictions = maxRestrictions;
        builder.pageEntries = pageEntries;
        builder.pageBytes = pageBytes;
        builder.policyTimeout = policyTimeout;
        builder.grace = grace;
        builder.maxHeld = maxHeld;
        builder.maxHeldPerAddress = maxHeldPerAddress;
        return builder;
    }

    /**
     * Memory for the newest encoded entries of all rooms together.
     *
     * @return the bound
     */
    public long maxWindowBytes() {
        return maxWindowBytes;
    }

    /**
     * Rooms in use at a time, direct conversations included.
     *
     * @return the bound
     */
    public int maxRooms() {
        return maxRooms;
    }

    /**
     * Rooms one user may be in, and as many direct conversations.
     *
     * @return the bound
     */
    public int maxRoomsPerUser() {
        return maxRoomsPerUser;
    }

    /**
     * Members of a room that sets no lower limit.
     *
     * @return the bound
     */
    public int maxMembers() {
        return maxMembers;
    }

    /**
     * Up to how many members a room tells their names.
     *
     * @return the bound
     */
    public int maxListed() {
        return maxListed;
    }

    /**
     * Length of a message's text in UTF-8.
     *
     * @return the bound
     */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /**
     * Length of topics and reasons in UTF-8.
     *
     * @return the bound
     */
    public int maxTextBytes() {
        return maxTextBytes;
    }

    /**
     * Roles, bans, mutes and invitations of a room together.
     *
     * @return the bound
     */
    public int maxRestrictions() {
        return maxRestrictions;
    }

    /**
     * Entries of a page of history.
     *
     * @return the bound
     */
    public int pageEntries() {
        return pageEntries;
    }

    /**
     * About how many bytes of text a page of history holds.
     *
     * @return the bound
     */
    public int pageBytes() {
        return pageBytes;
    }

    /**
     * How long a policy may take to answer; then the answer is no. It should be shorter than the heartbeat.
     *
     * @return the bound
     */
    public Duration policyTimeout() {
        return policyTimeout;
    }

    /**
     * How long a session whose connection is lost is held for its client to come back. Its user keeps name, memberships and
     * roles.
     *
     * @return the time; zero if sessions end with their connections
     */
    public Duration grace() {
        return grace;
    }

    /**
     * Sessions without a connection.
     *
     * @return the bound
     */
    public int maxHeld() {
        return maxHeld;
    }

    /**
     * Sessions without a connection of one network address; an IPv6 address counts by its first 64 bits. Connections of the
     * same machine have no such bound.
     *
     * @return the bound
     */
    public int maxHeldPerAddress() {
        return maxHeldPerAddress;
    }

    /** Builds options. One thread. Each method checks its value at once. */
    public static final class Builder {
        private long maxWindowBytes = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 10);
        private int maxRooms = 10_000;
        private int maxRoomsPerUser = 100;
        private int maxMembers = 100_000;
        private int maxListed = 500;
        private int maxBodyBytes = 16 << 10;
        private int maxTextBytes = 512;
        private int maxRestrictions = 1_000;
        private int pageEntries = 200;
        private Duration policyTimeout = Duration.ofSeconds(10);
        private Duration grace = Duration.ofMinutes(2);
        private int maxHeld = 100_000;
        private int maxHeldPerAddress = 1_000;
        private int pageBytes = 64 << 10;

        private Builder() {}

        /**
         * Memory for the newest encoded entries of all rooms together: 64 MiB, or a tenth of the heap if that is less,
         * where nobody says it.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxWindowBytes(long value) {
            maxWindowBytes = Checks.positive("maxWindowBytes", value);
            return this;
        }

        /**
         * Rooms in use at a time, direct conversations included.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxRooms(int value) {
            maxRooms = Checks.positive("maxRooms", value);
            return this;
        }

        /**
         * Rooms one user may be in, and as many direct conversations.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxRoomsPerUser(int value) {
            maxRoomsPerUser = Checks.positive("maxRoomsPerUser", value);
            return this;
        }

        /**
         * Members of a room that sets no lower limit.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxMembers(int value) {
            maxMembers = Checks.positive("maxMembers", value);
            return this;
        }

        /**
         * Up to how many members a room tells their names.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxListed(int value) {
            maxListed = Checks.positive("maxListed", value);
            return this;
        }

        /**
         * Length of a message's text in UTF-8.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxBodyBytes(int value) {
            maxBodyBytes = Checks.positive("maxBodyBytes", value);
            return this;
        }

        /**
         * Length of topics and reasons in UTF-8.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxTextBytes(int value) {
            maxTextBytes = Checks.positive("maxTextBytes", value);
            return this;
        }

        /**
         * Roles, bans, mutes and invitations of a room together.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxRestrictions(int value) {
            maxRestrictions = Checks.positive("maxRestrictions", value);
            return this;
        }

        /**
         * Entries of a page of history.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder pageEntries(int value) {
            pageEntries = Checks.positive("pageEntries", value);
            return this;
        }

        /**
         * About how many bytes of text a page of history holds.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder pageBytes(int value) {
            pageBytes = Checks.positive("pageBytes", value);
            return this;
        }

        /**
         * How long a policy may take to answer; then the answer is no.
         *
         * @param value more than zero
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder policyTimeout(Duration value) {
            policyTimeout = Checks.positive("policyTimeout", value);
            return this;
        }

        /**
         * How long a session whose connection is lost is held for its client to come back.
         *
         * @param value zero to have sessions end with their connections
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder grace(Duration value) {
            grace = Checks.notNegative("grace", value);
            return this;
        }

        /**
         * Sessions without a connection. Over the bound the oldest one of the address with most of them ends.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHeld(int value) {
            maxHeld = Checks.positive("maxHeld", value);
            return this;
        }

        /**
         * Sessions without a connection of one network address. Over the bound its oldest one ends.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHeldPerAddress(int value) {
            maxHeldPerAddress = Checks.positive("maxHeldPerAddress", value);
            return this;
        }

        /**
         * Makes the options.
         *
         * @return options with these values
         */
        public HubOptions build() {
            return new HubOptions(this);
        }
    }
}
