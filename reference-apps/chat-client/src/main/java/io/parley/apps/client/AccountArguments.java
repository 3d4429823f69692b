package io.parley.apps.client;

import io.parley.apps.client.input.Passwords;
import io.parley.apps.client.options.PasswordFile;
import io.parley.apps.terminal.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the user's account. One thread; picocli sets the fields. */
final class AccountArguments {
    @Option(
            names = "--password",
            interactive = true,
            arity = "0",
            echo = false,
            prompt = "password: ",
            description = "Log in to the account of that name; the password is asked for.")
    private char @Nullable [] typed; // picocli asks for it

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The same, with the password in the first line of this file; else with the one in"
                    + " PARLEY_PASSWORD, else as a guest.")
    private @Nullable Path file;

    @Option(
            names = "--register",
            description = "Make an account of that name, and log in to it. Its password is asked for twice, unless"
                    + " --password-file or PARLEY_PASSWORD has it.")
    private boolean register;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "The invitation code for --register, where the server wants one.")
    private String code = "";

    /**
     * The password, which is asked for if need be; null for a guest.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the options contradict each other, or there is no password
     */
    @Nullable
    String password() throws IOException {
        if (!register && !code.isEmpty()) {
            throw new IllegalArgumentException("--code: it is for --register");
        }
        if (register && typed != null) {
            throw new IllegalArgumentException("--register asks for the password by itself; leave --password out");
        }
        if (typed != null) {
            return new String(typed);
        }
        String given = file == null ? System.getenv("PARLEY_PASSWORD") : PasswordFile.read(file);
        return register && given == null ? asked() : given;
    }

    private static String asked() {
        if (!Terminals.isInteractive()) {
            throw new IllegalArgumentException(
                    "--register: there is no terminal to ask for the password; give --password-file or PARLEY_PASSWORD");
        }
        Passwords passwords = Passwords.ask(false, Terminals::readSecret);
        if (!passwords.problem().isEmpty()) {
            throw new IllegalArgumentException("--register: " + passwords.problem());
        }
        return passwords.next();
    }

    /** The invitation code if an account is to be made, empty for none; null to log in. */
    @Nullable
    String code() {
        return register ? code : null;
    }
}
