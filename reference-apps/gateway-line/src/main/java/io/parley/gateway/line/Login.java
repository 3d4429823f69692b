package io.parley.gateway.line;

import io.parley.policy.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * What the first line of a client asks for: a name for a guest, or one of two commands. Immutable, for any thread.
 *
 * @param name the name as it was given: nobody should be called otherwise than it has asked for
 * @param credentials what the client shows
 */
record Login(String name, Credentials credentials) {
    static final String FORMS = "NAME, or /login NAME PASSWORD, or /register NAME PASSWORD [CODE]";

    private static final String LOGIN = "/login ";
    private static final String REGISTER = "/register ";

    /** Reads a line; null if it is a command in another form. A password to log in with may have spaces, a new one may not. */
    static @Nullable Login of(String line) {
        if (line.startsWith(LOGIN)) {
            String[] words = line.substring(LOGIN.length()).split(" ", 2);
            return words.length < 2 || words[0].isEmpty() || words[1].isEmpty()
                    ? null
                    : new Login(words[0], new Credentials.Password(words[1]));
        }
        if (line.startsWith(REGISTER)) {
            String[] words = line.substring(REGISTER.length()).split(" ", -1);
            return words.length < 2 || words.length > 3 || words[0].isEmpty() || words[1].isEmpty()
                    ? null
                    : new Login(words[0], new Credentials.Registration(words[1], words.length > 2 ? words[2] : ""));
        }
        return new Login(line, Credentials.NONE);
    }

    /** Without the secrets of the credentials. */
    @Override
    public String toString() {
        return name + " with " + credentials;
    }
}
