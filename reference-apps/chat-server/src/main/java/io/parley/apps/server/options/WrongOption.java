package io.parley.apps.server.options;

/** An invalid value of an option, with a message for the operator. */
public final class WrongOption extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public WrongOption(String words) {
        super(words);
    }

    static void unless(boolean holds, String words) {
        if (!holds) {
            throw new WrongOption(words);
        }
    }
}
