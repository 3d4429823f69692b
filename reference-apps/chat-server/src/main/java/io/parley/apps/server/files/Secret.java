package io.parley.apps.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A password, or the file that has it in its first line. Its text form does not contain the password. Immutable, for any
 * thread.
 */
public final class Secret {
    private final @Nullable Path file;
    private final String word; // empty if there is a file

    private Secret(@Nullable Path file, String word) {
        this.file = file;
        this.word = word;
    }

    public static Secret of(String word) {
        return new Secret(null, word);
    }

    /** A password that is read from the file each time. */
    public static Secret in(Path file) {
        return new Secret(file, "");
    }

    /**
     * The password.
     *
     * @throws IOException if the file cannot be read, or every user of this machine can read it
     */
    public char[] reveal() throws IOException {
        if (file == null) {
            return word.toCharArray();
        }
        FileChecks.checkReadable(file, "password");
        FileChecks.checkPrivate(file, "password");
        return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    }

    @Override
    public String toString() {
        return file == null ? "(a password)" : "(the password in " + file + ")";
    }
}
