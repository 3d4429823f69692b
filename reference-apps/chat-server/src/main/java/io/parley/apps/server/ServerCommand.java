package io.parley.apps.server;

import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.Configuration;
import io.parley.apps.server.options.ConfiguredDefaults;
import io.parley.apps.server.options.ServerArguments;
import io.parley.apps.server.options.WrongOption;
import io.parley.apps.server.terminal.Printer;
import io.parley.apps.server.terminal.SystemSignals;
import io.parley.journal.Journal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the server. One thread; picocli sets the fields. */
@Command(
        name = "chat-server",
        mixinStandardHelpOptions = true,
        versionProvider = ServerCommand.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Runs a chat server until it is told to stop.",
        footer = {
            "",
            "Each line of the standard input is sent to all users, or is a command if it begins",
            "with a slash. At a terminal, lines can be edited and completed. The end of the",
            "input changes nothing. As a background job of a shell the server reads no input.",
            "SIGINT (Ctrl-C), SIGTERM and the loss of the terminal shut the server down: users",
            "are told and have 3 seconds. Any other SIGHUP reloads certificate, accounts,",
            "limits and greeting.",
            "",
            "Each option can also come from the environment (PARLEY_PORT for --port) or from a",
            "file (--config FILE, with lines such as port = 5222). The command line wins over",
            "the environment, and the environment over the file. A flag has no value there.",
            "",
            "Exit codes: 0 ok, 1 cannot listen, read a file or use what --data names, 2 wrong",
            "options, 70 no memory left, a fault after which it could not go on, or another",
            "server has taken over what --data names: start it again."
        })
final class ServerCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    private final Map<String, String> environment;
    private final UnaryOperator<Journal> storage;
    private final OperatorConsole console;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Mixin
    private final ServerArguments arguments;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read options from this file, with lines such as: port = 5222. The command line wins.")
    private @Nullable Path config; // read before the command line is parsed

    @Option(
            names = "--check-config",
            description = "Check the options and the files they name, then exit. Nothing is opened or written.")
    private boolean checkConfig;

    ServerCommand(Map<String, String> environment, OperatorConsole console, PrintStream out, PrintStream err) {
        this(environment, UnaryOperator.identity(), console, out, err);
    }

    /** The same with a journal that {@code storage} makes of the one that the options name. */
    ServerCommand(
            Map<String, String> environment,
            UnaryOperator<Journal> storage,
            OperatorConsole console,
            PrintStream out,
            PrintStream err) {
        this.environment = environment;
        this.storage = storage;
        this.arguments = new ServerArguments(environment);
        this.console = console;
        this.out = out;
        this.err = err;
    }

    /** The version, from the manifest of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ServerCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Parley chat server " + (version == null ? "(not from a jar)" : version)};
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Configuration configuration = configuration();
            if (checkConfig) {
                List<String> messages = ServerApp.check(configuration.settings());
                Printer printer = new Printer(out);
                printer.line("everything is in order" + (config == null ? "" : " with " + config));
                messages.forEach(printer::line);
                configuration.warnings().forEach(warning -> printer.line("WARNING: " + warning));
                return CommandLine.ExitCode.OK;
            }
            CompletableFuture<ServerApp> starting = new CompletableFuture<>();
            SystemSignals.ignore("TTIN"); // else the system stops a background job that reads its input
            SystemSignals.on("INT", () -> starting.thenAccept(ServerApp::close));
            SystemSignals.on("TERM", () -> starting.thenAccept(ServerApp::close));
            SystemSignals.on("HUP", () -> starting.thenAccept(this::hangUp));
            ServerApp app = ServerApp.start(configuration, this::readAgain, storage, console, out);
            starting.complete(app);
            awaitEnded(app);
            if (app.isTakenOver()) {
                report("chat-server: another server has taken over what --data names; it ends with code "
                        + LastResort.EXIT_CODE + ". Give each server a folder or a database of its own");
                return LastResort.EXIT_CODE;
            }
            return CommandLine.ExitCode.OK;
        } catch (WrongOption wrong) {
            throw new ParameterException(line(), String.valueOf(wrong.getMessage()));
        } catch (IOException error) {
            new Printer(err).line(FileErrors.describe(error));
            return FAILED;
        }
    }

    /** Waits for the shutdown. If it fails, halts: classes are missing if the jar was replaced meanwhile. */
    private void awaitEnded(ServerApp app) throws InterruptedException {
        try {
            app.awaitEnded();
        } catch (ExecutionException broken) {
            report("cannot end in order: " + broken.getCause());
            Runtime.getRuntime().halt(FAILED);
        }
    }

    /** Handles SIGHUP and reports errors, which the signal handler would drop. */
    private void hangUp(ServerApp app) {
        try {
            app.hangUp();
        } catch (RuntimeException | Error broken) {
            report("cannot do what SIGHUP asks for: " + broken);
        }
    }

    private void report(String message) {
        err.println(message);
        err.flush();
    }

    /** The configuration that the options give. */
    Configuration configuration() throws IOException {
        return arguments.configuration(line().getCommandSpec());
    }

    /** Reads the same command line again; files may have changed. */
    private Configuration readAgain() throws IOException {
        String[] args = line().getParseResult().originalArgs().toArray(String[]::new);
        ServerCommand fresh = new ServerCommand(environment, console, out, err);
        try {
            ConfiguredDefaults.configure(new CommandLine(fresh), environment, args)
                    .parseArgs(args);
        } catch (ParameterException wrong) {
            throw new WrongOption(ConfiguredDefaults.describe(wrong));
        }
        return fresh.configuration();
    }

    private CommandLine line() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
