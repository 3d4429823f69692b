package io.parley.journal;

/** A journal cannot search. Immutable, for any thread. */
public final class NoIndexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception. */
    public NoIndexException() {
        super("this journal has no index", null, false, false);
    }
}
