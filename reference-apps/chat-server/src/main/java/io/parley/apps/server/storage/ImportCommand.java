package io.parley.apps.server.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line that makes a folder of an export. One thread; picocli sets the fields. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes a folder of an export. Run it as the user of the server.",
            "Clients that come back are told that the rooms have another history."
        },
        footer = {"", Attempt.EXIT_CODES})
public final class ImportCommand implements Callable<Integer> {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A file that chat-server export has written; - for the input.")
    private String file = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = "The folder; it is made if there is none. Nothing may be kept in it.")
    private Path folder = Path.of("");

    public ImportCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return Attempt.run(spec, err, () -> {
            try (BufferedReader lines = open()) {
                String from = file.equals("-") ? "the input" : file;
                return Attempt.report(new Import(lines).into(folder), folder + " from " + from, out, err);
            }
        });
    }

    private BufferedReader open() throws IOException {
        return file.equals("-")
                ? new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file));
    }
}
