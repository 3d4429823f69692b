package io.parley.apps.server;

import io.parley.room.RoomException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps the file of accounts. One thread; picocli sets the fields. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Adds, removes or lists the accounts in a file; the password is asked for, or read from the input.",
        footer = {"", "Exit codes: 0 done, 1 not done, 2 wrong options."})
final class AccountCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    /** What to do. */
    enum Act {
        ADD,
        REMOVE,
        LIST
    }

    private final Passwords passwords;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Parameters(
            index = "0",
            paramLabel = "add|remove|list",
            description = "What to do; adding an account that is there gives it a new password.")
    private Act act = Act.LIST;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The server's --accounts, made if it is not there; SIGHUP has it read again.")
    private Path file = Path.of("");

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The account's name; to list takes none.")
    private @Nullable String name;

    AccountCommand(Passwords passwords, PrintStream out, PrintStream err) {
        this.passwords = passwords;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        if (name == null && act != Act.LIST && spec != null) {
            throw new ParameterException(spec.commandLine(), "give the account's name");
        }
        try {
            perform(String.valueOf(name));
            return 0;
        } catch (IOException no) {
            new Printer(err).line(FileTrouble.words(no));
        } catch (IllegalArgumentException | RoomException no) {
            new Printer(err).line(String.valueOf(no.getMessage()));
        }
        return FAILED;
    }

    private void perform(String who) throws IOException {
        boolean begun = Files.exists(file);
        if (!begun && act != Act.ADD) {
            throw new NoSuchFileException(file.toString());
        }
        Accounts accounts = begun ? Accounts.read(file) : Accounts.none();
        switch (act) {
            case LIST -> accounts.names().forEach(new Printer(out)::line);
            case ADD -> {
                Accounts.checkName(who);
                String done = accounts.has(who) ? " has a new password" : " is added";
                write(accounts.with(who, passwords.ask()), who + done);
            }
            case REMOVE -> {
                if (!accounts.has(who)) {
                    throw new IllegalArgumentException("there is no account " + who + " in " + file);
                }
                write(accounts.without(who), who + " is removed");
            }
        }
    }

    private void write(Accounts accounts, String done) throws IOException {
        List<String> warnings = accounts.write(file);
        new Printer(out).line(done);
        warnings.forEach(words -> new Printer(err).line("WARNING: " + words));
    }
}
