package io.parley.journal.jdbc;

/** What an error of a database means. Immutable, for any thread. */
enum Fault {
    /** There is no space; what was to be written is not kept. */
    FULL,
    /** What was kept cannot be read any more. */
    DAMAGED,
    /** Anything else: the outcome of a commit is not known. */
    OTHER
}
