package io.parley.accounts;

/** Who may make an account. For any thread. */
public enum Registration {
    /** Only the program. */
    OFF,
    /** Everybody, a few for each address and hour. */
    OPEN,
    /** Whoever has an invitation code; each is good once. */
    CODE
}
