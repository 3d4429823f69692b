package io.parley.codec;

/**
 * Bytes that are not what their format says. Immutable, for any thread.
 *
 * <p>It carries no stack trace: a stranger decides how many of them there are.
 */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what is wrong, for people
     */
    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
