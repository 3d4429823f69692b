package io.parley.apps.server.options;

import io.parley.accounts.Registration;
import io.parley.apps.server.options.ServerSettings.Access;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who may log in. One thread; picocli sets the fields. */
final class AccessArguments {
    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description =
                    "Take the accounts from this file, and not from the store; chat-server account edits the file."
                            + " Passwords are accepted under TLS, on loopback and on Unix-domain sockets only.")
    private @Nullable Path accounts;

    @Option(names = "--no-guests", description = "Require authentication: users without an account cannot log in.")
    private boolean noGuests;

    @Option(
            names = "--registration",
            paramLabel = "HOW",
            description =
                    "Who may make an account in the store: off (only the operator, with /account), open (everybody), or code"
                            + " (whoever has a code of /account invite). Default: off.")
    private Registration registration = Registration.OFF;

    Access access() {
        WrongOption.unless(
                accounts == null || registration == Registration.OFF,
                "--registration: accounts of a file (--accounts) are made by its operator only");
        return new Access(accounts, !noGuests, registration);
    }
}
