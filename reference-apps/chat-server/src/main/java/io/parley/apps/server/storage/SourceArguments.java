package io.parley.apps.server.storage;

import io.parley.apps.server.options.DataPlace;
import io.parley.apps.server.options.DataPlace.Database;
import io.parley.journal.jdbc.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that name what a command reads. One thread; picocli sets the fields. */
final class SourceArguments {
    private final Map<String, String> environment;

    @Parameters(
            index = "0",
            paramLabel = "DIR|URL",
            description = "The folder or database of --data; a server may use it meanwhile.")
    private String data = "";

    @Option(names = "--data-user", paramLabel = "NAME", description = "The user of the database, as for the server.")
    private @Nullable String user;

    @Option(
            names = "--data-password-file",
            paramLabel = "FILE",
            description = "File with the password of the database, as for the server. Without it: " + DataPlace.PASSWORD
                    + ".")
    private @Nullable Path passwordFile;

    SourceArguments(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Where it is, for people. */
    DataPlace place() {
        boolean database = data.startsWith("jdbc:");
        // The environment may have these two for the server.
        return DataPlace.of("DIR|URL", data, database ? user : null, database ? passwordFile : null, environment);
    }

    JournalReader open() throws IOException {
        DataPlace place = place();
        return place instanceof Database database
                ? JournalReader.postgres(
                        database.url(),
                        database.user(),
                        String.valueOf(database.password().reveal()))
                : JournalReader.sqlite(((DataPlace.Folder) place).path());
    }
}
