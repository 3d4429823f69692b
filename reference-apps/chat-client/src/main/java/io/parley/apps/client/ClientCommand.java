package io.parley.apps.client;

import io.parley.apps.client.input.LineSource;
import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.client.options.Destination;
import io.parley.apps.client.options.TlsArguments;
import io.parley.apps.client.options.TransportKind;
import io.parley.apps.client.view.JsonView;
import io.parley.apps.client.view.LineView;
import io.parley.apps.client.view.Printer;
import io.parley.apps.client.view.View;
import io.parley.apps.terminal.Terminals;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the client. One thread; picocli sets the fields. */
@Command(
        name = "chat-client",
        mixinStandardHelpOptions = true,
        versionProvider = ClientCommand.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Chats: on a terminal's screen, or lines in, lines out. /help lists the commands.",
        footer = {
            "",
            "All text is UTF-8. Where input or output is a pipe or a file the program is a",
            "filter: your own lines are printed, too, in their place among the others. When",
            "the input ends, the program waits until the outcome of the last line is known,",
            "then says goodbye. No colours with NO_COLOR set; lines only with TERM=dumb.",
            "",
            "Exit codes: 0 ok, 2 wrong command line, 3 refused (the name, the room; with",
            "piped input also: a line), 4 nobody answers, 5 the connection was lost."
        })
final class ClientCommand implements Callable<Integer> {
    private static final int MAX_HISTORY = 10_000;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Mode mode;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Parameters(
            index = "0",
            paramLabel = "[NICK@]HOST[:PORT]",
            description = {
                "Where to go: a name, an address, [::1]:5222 or unix:/path; port 5222 if not given.",
                "NICK is the system's user name if not given."
            })
    private String destination = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ROOM",
            defaultValue = "lobby",
            description = "The room to enter; ${DEFAULT-VALUE} if not given.")
    private String room = "";

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "nio",
            description = "nio or blocking; ${DEFAULT-VALUE} if not given.")
    private TransportKind transport = TransportKind.NIO;

    @Mixin
    private final TlsArguments tls = new TlsArguments();

    @Mixin
    private final AccountArguments account = new AccountArguments(System.getenv());

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many messages of before to show, as far as the server has them; at most 10000,"
                    + " ${DEFAULT-VALUE} if not given.")
    private int history;

    @Option(
            names = "--reconnect",
            negatable = true,
            description = "Come back, or not, when the connection is lost, and show what was missed; what is typed"
                    + " meanwhile is said then. On a screen that is so if not given, elsewhere not.")
    private @Nullable Boolean reconnect;

    @Mixin
    private final ScreenArguments screen = new ScreenArguments();

    @Option(names = "--plain", description = "Lines only, at a terminal too.")
    private boolean plain;

    @Option(names = "--json", description = "Print an object for each event, one a line, for a program.")
    private boolean json;

    ClientCommand(InputStream in, PrintStream out, PrintStream err, Mode mode) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.mode = mode;
    }

    /** The version, from the manifest of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ClientCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Parley chat client " + (version == null ? "(not from a jar)" : version)};
        }
    }

    @Override
    public Integer call() {
        ClientApp app = app(settings());
        Runtime.getRuntime().addShutdownHook(new Thread(app::leave, "chat-goodbye"));
        return app.run();
    }

    private ClientApp app(ClientSettings settings) {
        Printer printer = new Printer(out, err);
        Executor callbacks = ClientThreads.callbacks();
        if (settings.mode() == Mode.SCREEN) {
            Terminal terminal = ScreenClient.terminal();
            if (terminal != null) {
                return ScreenClient.app(
                        settings,
                        screen.options(),
                        terminal,
                        callbacks,
                        printer,
                        Clock.systemUTC(),
                        Terminals::stopAll);
            }
        }
        View view = json ? new JsonView(printer) : new LineView(printer, settings.mode() == Mode.PIPE);
        boolean asks = settings.mode() != Mode.PIPE && Terminals.isInteractive();
        LineSource lines = LineSource.of(in, asks ? Terminals::readSecret : null);
        return new ClientApp(settings, view, lines, callbacks, Clock.systemUTC());
    }

    private Mode mode() {
        return json ? Mode.PIPE : plain && mode == Mode.SCREEN ? Mode.TERMINAL : mode;
    }

    private ClientSettings settings() {
        try {
            if (history < 0 || history > MAX_HISTORY) {
                throw new IllegalArgumentException("--history: 0 to " + MAX_HISTORY + ", not " + history);
            }
            boolean reconnects = reconnect == null ? mode() == Mode.SCREEN : reconnect;
            Destination to = Destination.parse(destination);
            return new ClientSettings(
                    to,
                    room,
                    transport,
                    tls.tls(),
                    account.login(ClientSettings.nick(to)),
                    history,
                    reconnects,
                    mode());
        } catch (IllegalArgumentException | IOException wrong) {
            if (spec == null) {
                throw new IllegalStateException(wrong);
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }
}
