package io.parley.apps.server;

/** An option with a value that cannot be, in words for who gave it. */
final class WrongOption extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongOption(String words) {
        super(words);
    }

    static void unless(boolean holds, String words) {
        if (!holds) {
            throw new WrongOption(words);
        }
    }
}
