package io.parley.apps.server.accounts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a new password. One thread. */
public interface PasswordSource {

    /**
     * Reads it.
     *
     * @throws IOException if there is none, or it was typed in two different ways
     */
    String ask() throws IOException;

    /** The first line of a pipe or a file. */
    static PasswordSource in(InputStream in) {
        return () -> {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        };
    }

    /** A password that is typed twice, without echo. */
    static PasswordSource typed(Function<String, char @Nullable []> prompt) {
        return () -> {
            char[] first = prompt.apply("password: ");
            char[] again = first == null ? null : prompt.apply("the same again: ");
            if (first == null || again == null) {
                throw new IOException("no password was typed; nothing has changed");
            }
            if (!Arrays.equals(first, again)) {
                throw new IOException("the two passwords are not the same; nothing has changed");
            }
            return new String(first);
        };
    }
}
