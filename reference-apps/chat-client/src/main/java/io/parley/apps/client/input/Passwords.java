package io.parley.apps.client.input;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The passwords that the user typed for a command. Immutable, for any thread.
 *
 * @param old the present password; empty if the command needs none
 * @param next the new password
 * @param problem why there is no new password, for the user; empty if there is one
 */
public record Passwords(String old, String next, String problem) {
    /** There is nobody to ask. */
    public static final Passwords NOT_ASKED = problem("a password is asked for at a terminal only; to make an account"
            + " without one, start with --register and --password-file");

    private static Passwords problem(String text) {
        return new Passwords("", "", text);
    }

    /**
     * Asks for what a command needs: a new password twice.
     *
     * @param change whether an account has a password already
     * @param question asks for a password that is not shown; gives null if the user gives up
     */
    public static Passwords ask(boolean change, Function<String, @Nullable String> question) {
        String old = change ? question.apply("present password: ") : "";
        String next = old == null ? null : question.apply("new password: ");
        String again = next == null ? null : question.apply("once more: ");
        if (old == null || next == null || again == null || next.isEmpty()) {
            return problem("no password was given; nothing has changed");
        }
        return next.equals(again)
                ? new Passwords(old, next, "")
                : problem("the two passwords are not the same; nothing has changed");
    }

    @Override
    public String toString() {
        return "Passwords"; // never the passwords
    }
}
