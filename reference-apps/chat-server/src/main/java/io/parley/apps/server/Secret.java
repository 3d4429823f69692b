package io.parley.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A password, or the file that has it in its first line. Shows itself to nobody who only prints it. Immutable, for any
 * thread.
 */
final class Secret {
    private final @Nullable Path file;
    private final String word; // where there is no file

    private Secret(@Nullable Path file, String word) {
        this.file = file;
        this.word = word;
    }

    static Secret of(String word) {
        return new Secret(null, word);
    }

    /** One that is read anew each time it is asked for. */
    static Secret in(Path file) {
        return new Secret(file, "");
    }

    /**
     * The password.
     *
     * @throws IOException if the file cannot be read, or everybody can read it
     */
    char[] reveal() throws IOException {
        if (file == null) {
            return word.toCharArray();
        }
        FileTrouble.check(file, "password");
        Safety.checkPrivate(file, "password");
        return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    }

    @Override
    public String toString() {
        return file == null ? "(a password)" : "(the password in " + file + ")";
    }
}
