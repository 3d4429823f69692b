package io.parley.apps.server.options;

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
                    "Users with an account in this file log in with its password; chat-server account edits the file."
                            + " Passwords are accepted under TLS, on loopback and on Unix-domain sockets only.")
    private @Nullable Path accounts;

    @Option(names = "--no-guests", description = "Require authentication: users without an account cannot log in.")
    private boolean noGuests;

    Access access() {
        WrongOption.unless(!noGuests || accounts != null, "--no-guests: without --accounts nobody could come in");
        return new Access(accounts, !noGuests);
    }
}
