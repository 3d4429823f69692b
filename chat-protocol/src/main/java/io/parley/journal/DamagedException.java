package io.parley.journal;

/** What was kept cannot be read any more: the storage has changed it. Immutable, for any thread. */
public final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what is damaged and what to do, for the log of the server
     */
    public DamagedException(String message) {
        super(message);
    }
}
