package io.parley.apps.server.storage;

import io.parley.journal.jdbc.JournalReader;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line that verifies what is kept. One thread; picocli sets the fields. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Reads every row that is kept, and says what is damaged. Nothing is changed.",
        footer = {"", Attempt.EXIT_CODES})
public final class CheckCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Mixin
    private final SourceArguments source;

    public CheckCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.source = new SourceArguments(environment);
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return Attempt.run(spec, err, () -> {
            try (JournalReader reader = source.open()) {
                return Attempt.report(reader.check(), source.place().toString(), out, err);
            }
        });
    }
}
