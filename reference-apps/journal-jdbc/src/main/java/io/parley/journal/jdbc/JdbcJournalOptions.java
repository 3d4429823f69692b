package io.parley.journal.jdbc;

import java.time.Duration;

/**
 * Options of a {@link JdbcJournal}. Immutable, for any thread.
 *
 * <p>Where more is kept than a bound allows, the oldest entries are deleted, a few at a time between appends. So there may be
 * more for a while.
 *
 * @param durability when an append is acknowledged
 * @param keepEntries how many entries of one room are kept
 * @param keepBytes how many bytes of entries of one room are kept
 * @param keepAge for how long entries are kept, by the time that they carry
 * @param keepBytesInAll how many bytes of entries of all rooms together are kept. On the disk they take about three times as much: the
 *     indexes, too, need space
 */
public record JdbcJournalOptions(
        Durability durability, long keepEntries, long keepBytes, Duration keepAge, long keepBytesInAll) {

    /** A bound that is never reached. */
    public static final long NO_BOUND = Long.MAX_VALUE;

    /** An age that is never reached. */
    public static final Duration NO_AGE = Duration.ofDays(365_000);

    /** {@link Durability#FULL}; a million entries of a room, and 4 GiB of all of them. */
    public static final JdbcJournalOptions DEFAULT =
            new JdbcJournalOptions(Durability.FULL, 1_000_000, NO_BOUND, NO_AGE, 4L << 30);

    /**
     * Checks the bounds.
     *
     * @param durability when an append is acknowledged
     * @param keepEntries at least 1
     * @param keepBytes at least 1
     * @param keepAge more than nothing
     * @param keepBytesInAll at least 1
     */
    public JdbcJournalOptions {
        if (keepEntries < 1 || keepBytes < 1 || keepBytesInAll < 1 || keepAge.isNegative() || keepAge.isZero()) {
            throw new IllegalArgumentException("a bound is not positive: " + keepEntries + " entries, " + keepBytes
                    + " bytes, " + keepAge + ", " + keepBytesInAll + " bytes in all");
        }
    }

    /**
     * The same options with another durability.
     *
     * @param other when an append is acknowledged
     * @return a copy
     */
    public JdbcJournalOptions withDurability(Durability other) {
        return new JdbcJournalOptions(other, keepEntries, keepBytes, keepAge, keepBytesInAll);
    }

    /**
     * The same options with another number of entries.
     *
     * @param other how many entries of one room are kept, at least 1
     * @return a copy
     */
    public JdbcJournalOptions withKeepEntries(long other) {
        return new JdbcJournalOptions(durability, other, keepBytes, keepAge, keepBytesInAll);
    }

    /**
     * The same options with another number of bytes.
     *
     * @param other how many bytes of entries of one room are kept, at least 1; the newest entry is kept whatever its size
     * @return a copy
     */
    public JdbcJournalOptions withKeepBytes(long other) {
        return new JdbcJournalOptions(durability, keepEntries, other, keepAge, keepBytesInAll);
    }

    /**
     * The same options with another age.
     *
     * @param other for how long entries are kept, more than nothing
     * @return a copy
     */
    public JdbcJournalOptions withKeepAge(Duration other) {
        return new JdbcJournalOptions(durability, keepEntries, keepBytes, other, keepBytesInAll);
    }

    /**
     * The same options with another number of bytes in all.
     *
     * @param other how many bytes of entries of all rooms together are kept, at least 1
     * @return a copy
     */
    public JdbcJournalOptions withKeepBytesInAll(long other) {
        return new JdbcJournalOptions(durability, keepEntries, keepBytes, keepAge, other);
    }
}
