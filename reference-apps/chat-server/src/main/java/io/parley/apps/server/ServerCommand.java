package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.Logged;
import io.parley.room.NamePolicy;
import io.parley.room.RoomException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
        description = "Serves chat rooms until it is told to end.",
        footer = {
            "",
            "Each line of the standard input is said to everybody; its end changes nothing.",
            "At a terminal it can be edited and completed; in the background of a shell",
            "nothing is read.",
            "SIGINT (Ctrl-C) and SIGTERM drain: everybody is told, has 3 seconds, then the",
            "program ends. SIGHUP reads certificate and accounts again.",
            "",
            "Every option can be given by the environment (PARLEY_PORT for --port) and in a",
            "file (--config FILE, with lines like port = 5222); the command line comes first,",
            "then the environment.",
            "",
            "Exit codes: 0 ok, 1 cannot listen or read a file, 2 wrong options."
        })
final class ServerCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int MAX_PORT = 65_535;

    private final Console console;
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec; // set by picocli

    @Option(names = "--host", paramLabel = "HOST", description = "Where to listen; every interface if not given.")
    private String host = ServerSettings.DEFAULT.host();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "5222",
            description = "The port, ${DEFAULT-VALUE} if not given; 0: the system chooses.")
    private int port;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "nio",
            description = "nio or blocking; ${DEFAULT-VALUE} if not given.")
    private Via via = ServerSettings.DEFAULT.via();

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Speak TLS on TCP, with this certificate (PEM).")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM).")
    private @Nullable Path tlsKey;

    @Option(
            names = "--tls-self-signed",
            paramLabel = "FOLDER",
            description = "Speak TLS with a certificate of the server's own, made at its first start and kept in"
                    + " this folder; clients know it by its fingerprint.")
    private @Nullable Path tlsSelfSigned;

    @Option(names = "--unix", paramLabel = "PATH", description = "Listen on a Unix-domain socket as well.")
    private @Nullable Path unix;

    @Option(
            names = "--admin-socket",
            paramLabel = "PATH",
            description = "Let the operator in over this Unix-domain socket: chat-server admin --socket PATH.")
    private @Nullable Path admin;

    @Option(
            names = "--metrics",
            paramLabel = "[HOST:]PORT",
            description = "Serve /metrics (Prometheus), /health/live and /health/ready here; on loopback without HOST.")
    private @Nullable String metrics;

    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description =
                    "Let in whom this file knows, with a password; chat-server account keeps it. Not in the clear,"
                            + " but on loopback.")
    private @Nullable Path accounts;

    @Option(names = "--no-guests", description = "Let in nobody but accounts.")
    private boolean noGuests;

    @Option(
            names = "--room",
            paramLabel = "NAME",
            defaultValue = "lobby",
            description = "The room that the server keeps open and owns; ${DEFAULT-VALUE} if not given.")
    private String room = ServerSettings.DEFAULT.room();

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "operator",
            description = "The name in which the server speaks; ${DEFAULT-VALUE} if not given.")
    private String operator = ServerSettings.DEFAULT.operator();

    @Option(names = "--greeting", paramLabel = "TEXT", description = "A word to everybody who comes.")
    private String greeting = ServerSettings.DEFAULT.greeting();

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Entries kept of each room; ${DEFAULT-VALUE} if not given.")
    private int history;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Connections at a time; ${DEFAULT-VALUE} if not given.")
    private int maxConnections;

    @Option(names = "--log-messages", description = "Log what is said in rooms, too; direct messages never are.")
    private boolean logMessages;

    @Option(names = "--quiet", description = "Log nothing.")
    private boolean quiet;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take options from here that the command line does not give: port = 5222.")
    private @Nullable Path config; // read before the command line is

    @Option(names = "--check-config", description = "Say whether everything is in order, and open nothing.")
    private boolean checkConfig;

    ServerCommand(Console console, PrintStream out, PrintStream err) {
        this.console = console;
        this.out = out;
        this.err = err;
    }

    /** Which version this is, as the jar says. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ServerCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Parley chat server " + (version == null ? "(not from a jar)" : version)};
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = settings();
        try {
            if (checkConfig) {
                ServerApp.check(settings);
                new Printer(out).line("everything is in order" + (config == null ? "" : " with " + config));
                return CommandLine.ExitCode.OK;
            }
            CompletableFuture<ServerApp> starting = new CompletableFuture<>();
            Signals.ignore("TTIN"); // else a server in a shell's background is stopped when it reads its input
            Signals.on("INT", () -> starting.thenAccept(this::end));
            Signals.on("TERM", () -> starting.thenAccept(this::end));
            Signals.on("HUP", () -> starting.thenAccept(ServerApp::reload));
            ServerApp app = ServerApp.start(settings, console, out);
            starting.complete(app);
            app.awaitEnded();
            return CommandLine.ExitCode.OK;
        } catch (IOException trouble) {
            new Printer(err).line(BindTrouble.words(trouble, settings));
            return FAILED;
        }
    }

    /** Ends the server in order, or else at once: where its jar has been replaced meanwhile, classes are missing. */
    private void end(ServerApp app) {
        try {
            app.close();
        } catch (RuntimeException | Error broken) {
            err.println("cannot end in order: " + broken);
            err.flush();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private ServerSettings settings() {
        demand(port >= 0 && port <= MAX_PORT, "--port: " + port + " is not a port: 0 to " + MAX_PORT);
        demand(history > 0, "--history: at least 1, not " + history);
        demand(maxConnections > 0, "--max-connections: at least 1, not " + maxConnections);
        demand(!(quiet && logMessages), "--quiet and --log-messages: choose one");
        checkName("--room", () -> NamePolicy.standard().room(room));
        checkName("--operator", () -> NamePolicy.standard().user(operator));
        if (unix != null) {
            Path folder = unix.toAbsolutePath().getParent();
            demand(
                    folder != null && Files.isWritable(folder),
                    "--unix: there is no folder for " + unix + " in which a file can be made");
        }
        Logged logged = quiet ? Logged.NOTHING : logMessages ? Logged.MESSAGES : Logged.PRESENCE;
        return new ServerSettings(
                host,
                port,
                via,
                tls(),
                unix,
                admin,
                metrics(),
                people(),
                room,
                operator,
                greeting,
                history,
                maxConnections,
                logged);
    }

    private ServerSettings.People people() {
        demand(!noGuests || accounts != null, "--no-guests: without --accounts nobody could come in");
        boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
        boolean encrypted = tlsSelfSigned != null || tlsCertificate != null;
        demand(
                accounts == null || encrypted || loopback,
                "--accounts: passwords would travel in the clear; speak TLS (--tls-cert, --tls-self-signed) or listen"
                        + " on --host 127.0.0.1");
        return new ServerSettings.People(accounts, !noGuests);
    }

    private @Nullable InetSocketAddress metrics() {
        if (metrics == null) {
            return null;
        }
        int colon = metrics.lastIndexOf(':');
        String number = metrics.substring(colon + 1);
        demand(
                number.matches("[0-9]{1,5}") && Integer.parseInt(number) <= MAX_PORT,
                "--metrics: no port in " + metrics);
        return colon < 0
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(number))
                : new InetSocketAddress(metrics.substring(0, colon), Integer.parseInt(number));
    }

    private @Nullable TlsSettings tls() {
        boolean both = tlsCertificate != null && tlsKey != null;
        demand(both || (tlsCertificate == null && tlsKey == null), "--tls-cert and --tls-key: give both");
        demand(!both || tlsSelfSigned == null, "--tls-self-signed makes its own certificate: leave out --tls-cert");
        if (tlsSelfSigned != null) {
            return TlsSettings.selfSigned(tlsSelfSigned);
        }
        return tlsCertificate == null || tlsKey == null ? null : new TlsSettings(tlsCertificate, tlsKey, false);
    }

    private void checkName(String option, Runnable check) {
        try {
            check.run();
        } catch (RoomException bad) {
            demand(false, option + ": " + bad.text());
        }
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds && spec != null) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
