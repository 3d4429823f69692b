package io.parley.apps.server;

import io.parley.apps.server.accounts.AccountCommand;
import io.parley.apps.server.accounts.PasswordSource;
import io.parley.apps.server.operator.AdminCommand;
import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.operator.TerminalConsole;
import io.parley.apps.server.options.ConfiguredDefaults;
import io.parley.apps.server.options.WrongOption;
import io.parley.apps.server.storage.BackupCommand;
import io.parley.apps.server.storage.CheckCommand;
import io.parley.apps.server.storage.ExportCommand;
import io.parley.apps.server.storage.ImportCommand;
import io.parley.apps.server.storage.RestoreCommand;
import io.parley.apps.server.terminal.Mode;
import io.parley.apps.server.terminal.Printer;
import io.parley.apps.terminal.Printable;
import io.parley.apps.terminal.StandardInput;
import io.parley.apps.terminal.Terminals;
import io.parley.journal.Journal;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/** Starts a chat server from a command line. */
public final class ChatServerApp {
    private ChatServerApp() {}

    /**
     * Runs the program. All text is UTF-8, whatever the system's locale.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        LastResort.install();
        Mode mode = Terminals.isInteractive() && !Terminals.isDumb() ? Mode.TERMINAL : Mode.PIPE;
        PrintStream out = to(FileDescriptor.out);
        PrintStream err = to(FileDescriptor.err);
        System.exit(run(mode, System.getenv(), UnaryOperator.identity(), StandardInput.get(), out, err, args));
    }

    private static PrintStream to(FileDescriptor descriptor) {
        // Buffered, so that a line is one write and lines of several programs do not mix.
        BufferedOutputStream buffer = new BufferedOutputStream(new FileOutputStream(descriptor));
        return new PrintStream(buffer, false, StandardCharsets.UTF_8);
    }

    /** Asks for a password without echo at a terminal; elsewhere reads it from the input. */
    @SuppressWarnings({"SystemConsoleNull", "ReferenceEquality"}) // asks whether it is a terminal; identity is meant
    private static PasswordSource passwords(InputStream in) {
        Console console = System.console();
        return console != null && in == System.in && Terminals.isInteractive()
                ? PasswordSource.typed(prompt -> console.readPassword("%s", prompt))
                : PasswordSource.in(in);
    }

    /** Runs the program on streams that are no terminal; returns its exit code. */
    static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        return run(System.getenv(), in, out, err, args);
    }

    /** The same with another environment. */
    static int run(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err, String... args) {
        return run(Mode.PIPE, environment, UnaryOperator.identity(), in, out, err, args);
    }

    /**
     * Runs the program with another journal, for programs that test what happens when storage fails.
     *
     * @param storage gets the journal that the options name, opened, and gives the one that is used; the server closes that one
     * @param in the operator's input; its end does not end the server
     * @param out where addresses and the log are printed
     * @param err where errors are printed
     * @param args the command line
     * @return the exit code
     */
    public static int run(
            UnaryOperator<Journal> storage, InputStream in, PrintStream out, PrintStream err, String... args) {
        return run(Mode.PIPE, System.getenv(), storage, in, out, err, args);
    }

    private static int run(
            Mode mode,
            Map<String, String> environment,
            UnaryOperator<Journal> storage,
            InputStream in,
            PrintStream out,
            PrintStream err,
            String... args) {
        OperatorConsole console = mode == Mode.TERMINAL ? new TerminalConsole(in) : OperatorConsole.of(in);
        try {
            CommandLine command = new CommandLine(new ServerCommand(environment, storage, console, out, err));
            command.addSubcommand(new AdminCommand(mode, in, out, err));
            command.addSubcommand(new AccountCommand(
                    passwords(in), (socket, line) -> AdminCommand.send(socket, line, out, err), out, err));
            command.addSubcommand(new BackupCommand(environment, out, err));
            command.addSubcommand(new RestoreCommand(out, err));
            command.addSubcommand(new CheckCommand(environment, out, err));
            command.addSubcommand(new ExportCommand(environment, out, err));
            command.addSubcommand(new ImportCommand(in, out, err));
            return ConfiguredDefaults.configure(command, environment, args)
                    .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .setParameterExceptionHandler((wrong, words) -> {
                        PrintWriter to = wrong.getCommandLine().getErr();
                        to.println(Printable.of(ConfiguredDefaults.describe(wrong)));
                        to.println(wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help tells more");
                        return CommandLine.ExitCode.USAGE;
                    })
                    .execute(args);
        } catch (IOException | WrongOption unreadable) {
            new Printer(err).line(String.valueOf(unreadable.getMessage()));
            return CommandLine.ExitCode.USAGE;
        }
    }
}
