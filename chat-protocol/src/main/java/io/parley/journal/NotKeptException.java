package io.parley.journal;

/**
 * Surely nothing was kept, now or later: the disk is full, or there is a bound. Immutable, for any thread.
 *
 * <p>It carries no stack trace: there may be one for each message.
 */
public final class NotKeptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message why, for the log of the server
     */
    public NotKeptException(String message) {
        super(message, null, false, false);
    }
}
