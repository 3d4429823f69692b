package io.parley.journal.jdbc;

/** When an append is acknowledged. Immutable, for any thread. */
public enum Durability {
    /** When it is synced to the disk. It outlives a loss of power. */
    FULL,

    /**
     * When the operating system has it. It outlives the end of the process, but a loss of power may cost the last seconds.
     * After an unclean end all rooms have another epoch.
     */
    RELAXED
}
