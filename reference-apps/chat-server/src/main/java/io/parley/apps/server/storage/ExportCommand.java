package io.parley.apps.server.storage;

import io.parley.apps.server.files.FileOwnership;
import io.parley.journal.jdbc.JournalReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line that writes all that is kept as text. One thread; picocli sets the fields. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Writes all that is kept at this moment as JSON, an object in each line.",
            "The README of the chat server describes the lines."
        },
        footer = {"", Attempt.EXIT_CODES})
public final class ExportCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Mixin
    private final SourceArguments source;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file to write, which must not be there; it has secrets. Without it: the output.")
    private @Nullable Path file;

    public ExportCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.source = new SourceArguments(environment);
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        return Attempt.run(spec, err, () -> {
            try (JournalReader reader = source.open()) {
                if (file == null) {
                    new Export(reader, out).write();
                    if (out.checkError()) {
                        throw new IOException("the output cannot be written");
                    }
                } else {
                    toFile(reader, file);
                }
            }
            return true;
        });
    }

    private static void toFile(JournalReader reader, Path file) throws IOException, SQLException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        FileOwnership.create(part);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                OutputStream to = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            new Export(reader, to).write();
            to.flush();
            channel.force(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
