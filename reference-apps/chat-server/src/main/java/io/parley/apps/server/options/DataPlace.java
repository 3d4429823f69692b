package io.parley.apps.server.options;

import io.parley.apps.server.files.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where rooms and sessions are kept: a folder or a database. Immutable, for any thread. */
public sealed interface DataPlace {
    /** The variable of the environment with the password of a database. */
    String PASSWORD = "PARLEY_DATA_PASSWORD";

    /**
     * A folder, with an SQLite file.
     *
     * @param path the folder
     */
    record Folder(Path path) implements DataPlace {
        /** The path from the root, for people. */
        @Override
        public String toString() {
            return path.toAbsolutePath().normalize().toString();
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param url its address, {@code jdbc:postgresql://host/database}, without a password
     * @param user who logs in there
     * @param password the password of that user, maybe an empty one
     */
    record Database(String url, String user, Secret password) implements DataPlace {
        @Override
        public String toString() {
            return url;
        }
    }

    /**
     * Takes a place from options.
     *
     * @param option the name of the option or parameter, for messages
     * @param value a folder, or the address of a database
     * @param user who logs in at a database, or null for the user of this process
     * @param passwordFile the file with the password, or null
     * @throws WrongOption if they do not fit, or the address has a password
     */
    static DataPlace of(
            String option,
            String value,
            @Nullable String user,
            @Nullable Path passwordFile,
            Map<String, String> environment) {
        if (value.startsWith("jdbc:postgresql:")) {
            checkNoPassword(option, value);
            String password = environment.getOrDefault(PASSWORD, "");
            return new Database(
                    value,
                    user == null ? System.getProperty("user.name", "") : user,
                    passwordFile == null ? Secret.of(password) : Secret.in(passwordFile));
        }
        WrongOption.unless(
                !value.startsWith("jdbc:") && !value.contains("://"),
                option + ": the address of a database is written jdbc:postgresql://HOST/DATABASE");
        WrongOption.unless(
                user == null && passwordFile == null,
                "--data-user and --data-password-file are for a database, and " + option + " names a folder");
        try {
            return new Folder(Path.of(value));
        } catch (InvalidPathException bad) {
            throw new WrongOption(option + ": " + bad.getMessage());
        }
    }

    /** The address is shown in messages, and everybody on the machine sees the command line. */
    private static void checkNoPassword(String option, String url) {
        boolean has = url.contains("@")
                || Pattern.compile("[?&](user|[^=&]*password[^=&]*)=")
                        .matcher(url.toLowerCase(Locale.ROOT))
                        .find();
        WrongOption.unless(
                !has,
                option + ": the address must not have a user or password in it; use --data-user, and"
                        + " --data-password-file or " + PASSWORD);
    }
}
