package io.parley.journal.jdbc;

import org.jspecify.annotations.Nullable;

/** A journal cannot be opened: which one, what is wrong, and what to do. Immutable, for any thread. */
public final class JournalOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What cannot be opened. */
    private final String place;

    /** What is wrong. */
    private final String problem;

    /** What to do. */
    private final String remedy;

    JournalOpenException(String place, String problem, String remedy, @Nullable Throwable cause) {
        super("Cannot open the journal " + place + ": " + problem + ". " + remedy, cause);
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
    }

    /**
     * What cannot be opened.
     *
     * @return the path of a file, or the address of a database without a password
     */
    public String place() {
        return place;
    }

    /**
     * What is wrong.
     *
     * @return some words, without a full stop
     */
    public String problem() {
        return problem;
    }

    /**
     * What to do.
     *
     * @return one or more sentences
     */
    public String remedy() {
        return remedy;
    }
}
