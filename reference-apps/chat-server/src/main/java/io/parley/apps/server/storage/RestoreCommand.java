package io.parley.apps.server.storage;

import io.parley.journal.jdbc.JournalFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line that makes a folder of a backup. One thread; picocli sets the fields. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes a folder of a backup, and checks every row of it. Run it as the user of the server.",
            "Clients that come back are told that the rooms have another history."
        },
        footer = {"", Attempt.EXIT_CODES})
public final class RestoreCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Parameters(index = "0", paramLabel = "FILE", description = "A file that chat-server backup has written.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "The folder; it is made if there is none. Nothing may be kept in it.")
    private Path folder = Path.of("");

    public RestoreCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return Attempt.run(
                spec,
                err,
                () -> Attempt.report(JournalFolder.restore(file, folder), folder + " from " + file, out, err));
    }
}
