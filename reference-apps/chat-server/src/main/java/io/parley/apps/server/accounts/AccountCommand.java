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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line that edits a file of accounts. One thread; picocli sets the fields. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Adds, removes or lists the accounts in a file, for a server with --accounts FILE. It asks for the password, or reads it"
                    + " from the input. An operator may do in every room what its owners may.",
            "import copies the accounts of a file into the store of a running server without --accounts. Accounts in the store"
                    + " are changed with /account at the server's terminal or admin socket."
        },
        footer = {"", "Exit codes: 0 done, 1 not done, 2 wrong options."})
public final class AccountCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    /** What to do. */
    enum Action {
        ADD,
        REMOVE,
        OPERATOR,
        LIST,
        IMPORT
    }

    /** Sends a command to a running server. */
    @FunctionalInterface
    public interface Sender {
        /**
         * Sends it and waits for the answer.
         *
         * @param socket the admin socket of the server
         * @param command the command, with its slash
         * @return the exit code
         */
        int send(Path socket, String command);
    }

    /** Whether an account is an operator. */
    enum Switch {
        ON,
        OFF
    }

    private final PasswordSource passwords;
    private final Sender sender;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Parameters(
            index = "0",
            paramLabel = "add|remove|operator|list|import",
            description = "What to do. Adding an account that exists sets a new password.")
    private Action action = Action.LIST;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The file of --accounts; it is created if missing. SIGHUP makes the server read it again.")
    private Path file = Path.of("");

    @Parameters(index = "2", arity = "0..1", paramLabel = "NAME", description = "The account's name; not used by list.")
    private @Nullable String name;

    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "on|off",
            description = "For operator: whether the account is one; on if not given. It holds from the next login.")
    private @Nullable Switch operator;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "For import: the path given to the server as --admin-socket.")
    private @Nullable Path socket;

    public AccountCommand(PasswordSource passwords, Sender sender, PrintStream out, PrintStream err) {
        this.passwords = passwords;
        this.sender = sender;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        if ((socket == null) == (action == Action.IMPORT) && spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    socket == null
                            ? "give the admin socket of the running server: --socket PATH"
                            : "--socket is for import only");
        }
        if (action == Action.IMPORT && socket != null) {
            return sender.send(socket, "/account import " + file.toAbsolutePath());
        }
        if (name == null && action != Action.LIST && spec != null) {
            throw new ParameterException(spec.commandLine(), "give the account's name");
        }
        if (operator != null && action != Action.OPERATOR && spec != null) {
            throw new ParameterException(spec.commandLine(), "on and off are for operator only");
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
            case LIST -> list(Accounts.read(file));
            case OPERATOR -> operator(who, operator != Switch.OFF);
            case ADD -> add(who);
            case REMOVE -> remove(who);
            case IMPORT -> throw new IllegalStateException("the running server does that");
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
            tell(who + " is removed", held.write(existing(held, who).without(who)));
        }
    }

    private void operator(String who, boolean on) throws IOException {
        try (AccountsFile held = AccountsFile.open(file)) {
            List<String> warnings = held.write(existing(held, who).withOperator(who, on));
            tell(who + (on ? " is an operator" : " is no operator"), warnings);
        }
    }

    /** Reads the accounts, among which one must be. */
    private Accounts existing(AccountsFile held, String who) throws IOException {
        Accounts accounts = held.read();
        if (!accounts.has(who)) {
            throw new IllegalArgumentException("there is no account " + who + " in " + file);
        }
        return accounts;
    }

    private void list(Accounts accounts) {
        Printer printer = new Printer(out);
        accounts.names().forEach(each -> printer.line(each + (accounts.isOperator(each) ? ", an operator" : "")));
    }

    private void tell(String done, List<String> warnings) {
        new Printer(out).line(done);
        warnings.forEach(words -> new Printer(err).line("WARNING: " + words));
    }
}
