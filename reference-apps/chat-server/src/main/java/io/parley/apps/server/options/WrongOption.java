package io.parley.apps.server.options;

/** An invalid value of an option, with a message for the operator. */
public final class WrongOption extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public WrongOption(String message) {
        super(message);
    }

    /** Throws unless a condition holds. */
    static void unless(boolean holds, String message) {
        if (!holds) {
            throw new WrongOption(message);
        }
    }
}
