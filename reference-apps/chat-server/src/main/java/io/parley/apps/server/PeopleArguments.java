package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.People;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who may come in. One thread; picocli sets the fields. */
final class PeopleArguments {
    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description =
                    "Let in whom this file knows, with a password; chat-server account keeps it. Not in the clear,"
                            + " but on loopback.")
    private @Nullable Path accounts;

    @Option(names = "--no-guests", description = "Let in nobody but accounts.")
    private boolean noGuests;

    People people() {
        WrongOption.unless(!noGuests || accounts != null, "--no-guests: without --accounts nobody could come in");
        return new People(accounts, !noGuests);
    }
}
