package io.parley.apps.client;

import io.parley.accounts.ScramLogin;
import io.parley.apps.client.input.Passwords;
import io.parley.apps.client.options.Login;
import io.parley.apps.client.options.SecretFile;
import io.parley.apps.terminal.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the user's account. One thread; picocli sets the fields. */
final class AccountArguments {
    static final String PASSWORD_VARIABLE = "PARLEY_PASSWORD";
    static final String TOKEN_VARIABLE = "PARLEY_TOKEN";

    private final Map<String, String> environment;

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
            description = "The same, with the password in the first line of this file; else with the one in "
                    + PASSWORD_VARIABLE + ", else as a guest.")
    private @Nullable Path file;

    @Option(
            names = "--scram",
            description =
                    "Log in with the password by SCRAM, which does not send it; under TLS bound to the certificate"
                            + " of the server, if the server can do that. /password sends passwords.")
    private boolean scram;

    @Option(
            names = "--token",
            interactive = true,
            arity = "0",
            echo = false,
            prompt = "token: ",
            description = "Log in with a token, which is asked for. It says whose it is; NICK is not used.")
    private char @Nullable [] typedToken; // picocli asks for it

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The same, with the token in the first line of this file; else with the one in "
                    + TOKEN_VARIABLE + ".")
    private @Nullable Path tokenFile;

    @Option(
            names = "--register",
            description = "Make an account of that name, and log in to it. Its password is asked for twice, unless"
                    + " --password-file or " + PASSWORD_VARIABLE + " has it.")
    private boolean register;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "The invitation code for --register, where the server wants one.")
    private String code = "";

    AccountArguments(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * How to log in; a new password is asked for if need be. Options count before the environment.
     *
     * @param name the name of the account
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the options contradict each other, or there is no password
     */
    Login login(String name) throws IOException {
        check();
        if (register) {
            String given = password();
            return new Login.Registration(given == null ? asked() : given, code);
        }
        String token = wantsPassword() ? null : token();
        if (token != null) {
            return new Login.Token(token);
        }
        String password = password();
        if (scram) {
            return new Login.Scram(proof(name, password));
        }
        return password == null ? Login.GUEST : new Login.Password(password);
    }

    private void check() {
        if (!register && !code.isEmpty()) {
            throw new IllegalArgumentException("--code: it is for --register");
        }
        if (register && typed != null) {
            throw new IllegalArgumentException("--register asks for the password by itself; leave --password out");
        }
        if (register && scram) {
            throw new IllegalArgumentException(
                    "--register sends the password to the server; leave --scram out, and log in with it later");
        }
        if (wantsPassword() && wantsToken()) {
            throw new IllegalArgumentException(
                    "--token and --token-file: a token is enough; leave --password, --password-file, --scram and"
                            + " --register out");
        }
        boolean both = environment.containsKey(PASSWORD_VARIABLE) && environment.containsKey(TOKEN_VARIABLE);
        if (both && !wantsPassword() && !wantsToken()) {
            throw new IllegalArgumentException(PASSWORD_VARIABLE + " and " + TOKEN_VARIABLE + ": set one of them");
        }
    }

    /** Whether an option says that the login is by password. */
    private boolean wantsPassword() {
        return typed != null || file != null || scram || register;
    }

    /** Whether an option says that the login is by token. */
    private boolean wantsToken() {
        return typedToken != null || tokenFile != null;
    }

    private @Nullable String password() throws IOException {
        return secret(typed, "--password-file", file, PASSWORD_VARIABLE);
    }

    private @Nullable String token() throws IOException {
        return secret(typedToken, "--token-file", tokenFile, TOKEN_VARIABLE);
    }

    /** What was typed, else what is in the file, else what the environment has. */
    private @Nullable String secret(char @Nullable [] asked, String option, @Nullable Path from, String variable)
            throws IOException {
        if (asked != null) {
            return new String(asked);
        }
        return from == null ? environment.get(variable) : SecretFile.read(option, from);
    }

    private static ScramLogin proof(String name, @Nullable String password) {
        if (password == null) {
            throw new IllegalArgumentException(
                    "--scram: there is no password; give --password, --password-file or " + PASSWORD_VARIABLE);
        }
        try {
            return ScramLogin.of(name, password);
        } catch (IllegalArgumentException no) {
            throw new IllegalArgumentException("--scram: " + no.getMessage(), no);
        }
    }

    private static String asked() {
        if (!Terminals.isInteractive()) {
            throw new IllegalArgumentException("--register: there is no terminal to ask for the password; give"
                    + " --password-file or " + PASSWORD_VARIABLE);
        }
        Passwords passwords = Passwords.ask(false, Terminals::readSecret);
        if (!passwords.problem().isEmpty()) {
            throw new IllegalArgumentException("--register: " + passwords.problem());
        }
        return passwords.next();
    }
}
