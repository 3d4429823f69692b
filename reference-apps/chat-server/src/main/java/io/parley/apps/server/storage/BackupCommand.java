package io.parley.apps.server.storage;

import io.parley.apps.server.terminal.Printer;
import io.parley.journal.jdbc.JournalReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line that makes a backup. One thread; picocli sets the fields. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Writes what is kept at this moment to a new file; a server may go on meanwhile.",
            "For a folder; a database is backed up with pg_dump."
        },
        footer = {"", Attempt.EXIT_CODES})
public final class BackupCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Mixin
    private final SourceArguments source;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The file to write, which must not be there. It has secrets: only this user can read it.")
    private Path file = Path.of("");

    public BackupCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.source = new SourceArguments(environment);
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return Attempt.run(spec, err, () -> {
            try (JournalReader reader = source.open()) {
                reader.backup(file);
            }
            new Printer(out)
                    .line(source.place() + " is backed up to " + file + " (" + Files.size(file)
                            + " bytes); chat-server restore makes a folder of it");
            return true;
        });
    }
}
