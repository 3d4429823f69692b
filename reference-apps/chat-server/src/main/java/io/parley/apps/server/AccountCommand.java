package io.parley.apps.server;

import io.parley.room.RoomException;
import java.io.BufferedReader;
import java.io.Console;
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
import picocli.CommandLine.Parameters;

/** Keeps the file of accounts. One thread; picocli sets the fields. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Adds, removes or lists the accounts in a file; the password is asked for, or read from the input.")
final class AccountCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    /** What to do. */
    enum Act {
        ADD,
        REMOVE,
        LIST
    }

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(index = "0", paramLabel = "add|remove|list")
    private Act act = Act.LIST;

    @Parameters(index = "1", paramLabel = "FILE", description = "The server's --accounts; SIGHUP has it read again.")
    private Path file = Path.of("");

    @Parameters(index = "2", arity = "0..1", paramLabel = "NAME")
    private @Nullable String name;

    AccountCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            Accounts accounts = Files.exists(file) ? Accounts.read(file) : Accounts.none();
            if (act == Act.LIST) {
                accounts.names().forEach(new Printer(out)::line);
            } else if (name == null) {
                throw new IllegalArgumentException("give the account's name");
            } else {
                (act == Act.ADD ? accounts.with(name, password()) : accounts.without(name)).write(file);
            }
            return 0;
        } catch (IOException | IllegalArgumentException | RoomException no) {
            new Printer(err).line(String.valueOf(no.getMessage()));
            return FAILED;
        }
    }

    // From JDK 22 on a console reads a pipe as well, which is as good; an input that stands for another is itself.
    @SuppressWarnings({"SystemConsoleNull", "ReferenceEquality"})
    private String password() throws IOException {
        Console terminal = System.console();
        if (terminal != null && in == System.in) {
            char[] typed = terminal.readPassword("password: ");
            return typed == null ? "" : new String(typed);
        }
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
