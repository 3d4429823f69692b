package io.parley.apps.server.accounts;

import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.terminal.Printer;
import io.parley.model.RoomException;
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

/** The command line that edits a file of accounts. One thread; picocli sets the fields. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Adds, removes or lists the accounts in a file. It asks for the password, or reads it from the input.",
        footer = {"", "Exit codes: 0 done, 1 not done, 2 wrong options."})
public final class AccountCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    /** What to do. */
    enum Action {
        ADD,
        REMOVE,
        LIST
    }

    private final PasswordSource passwords;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Parameters(
            index = "0",
            paramLabel = "add|remove|list",
            description = "What to do. Adding an account that exists sets a new password.")
    private Action action = Action.LIST;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The file of --accounts; it is created if missing. SIGHUP makes the server read it again.")
    private Path file = Path.of("");

    @Parameters(index = "2", arity = "0..1", paramLabel = "NAME", description = "The account's name; not used by list.")
    private @Nullable String name;

    public AccountCommand(PasswordSource passwords, PrintStream out, PrintStream err) {
        this.passwords = passwords;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        if (name == null && action != Action.LIST && spec != null) {
            throw new ParameterException(spec.commandLine(), "give the account's name");
        }
        try {
            perform(String.valueOf(name));
            return 0;
        } catch (IOException error) {
            new Printer(err).line(FileErrors.describe(error));
        } catch (IllegalArgumentException | RoomException error) {
            new Printer(err).line(String.valueOf(error.getMessage()));
        }
        return FAILED;
    }

    private void perform(String who) throws IOException {
        if (action != Action.ADD && !Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        switch (action) {
            case LIST -> Accounts.read(file).names().forEach(new Printer(out)::line);
            case ADD -> add(who);
            case REMOVE -> remove(who);
        }
    }

    private void add(String who) throws IOException {
        Accounts.checkName(who);
        String password = passwords.ask(); // before the file is locked: typing takes time
        Accounts.checkPassword(password);
        try (AccountsFile held = AccountsFile.open(file)) {
            Accounts accounts = held.read();
            List<String> warnings = held.write(accounts.with(who, password));
            tell(who + (accounts.has(who) ? " has a new password" : " is added"), warnings);
        }
    }

    private void remove(String who) throws IOException {
        try (AccountsFile held = AccountsFile.open(file)) {
            Accounts accounts = held.read();
            if (!accounts.has(who)) {
                throw new IllegalArgumentException("there is no account " + who + " in " + file);
            }
            tell(who + " is removed", held.write(accounts.without(who)));
        }
    }

    private void tell(String done, List<String> warnings) {
        new Printer(out).line(done);
        warnings.forEach(words -> new Printer(err).line("WARNING: " + words));
    }
}
