package io.parley.apps.client;

import io.parley.apps.client.ClientSettings.Mode;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
        description = "Chats: lines in, lines out. /help lists the commands.",
        footer = {
            "",
            "All text is UTF-8. At a terminal your own lines are not printed again; where",
            "input or output is a pipe or a file they are, in their place among the others.",
            "When the input ends, the program waits until the outcome of the last line is",
            "known, then says goodbye.",
            "",
            "Exit codes: 0 ok, 2 wrong command line, 3 refused (the name, the room; with",
            "piped input also: a line), 4 nobody answers, 5 the connection was lost."
        })
final class ClientCommand implements Callable<Integer> {
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
    private Via via = Via.NIO;

    @Option(names = "--tls", description = "Speak TLS, and trust whom this machine trusts.")
    private boolean tls;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Speak TLS, and trust the certificates in this file (PEM) alone.")
    private @Nullable Path tlsCa;

    @Option(
            names = "--tls-fingerprint",
            paramLabel = "SHA256",
            description = "Speak TLS, and trust the one certificate with this fingerprint, whatever name it is for.")
    private @Nullable String tlsFingerprint;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Log in to the account of that name, with the password in the first line of this file; else"
                    + " with the one in PARLEY_PASSWORD, else as a guest.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "20",
            description = "How much to show of what was said before; ${DEFAULT-VALUE} if not given.")
    private int history;

    @Option(
            names = "--reconnect",
            description = "Come back when the connection is lost, and show what was missed. Input waits meanwhile.")
    private boolean reconnect;

    ClientCommand(InputStream in, PrintStream out, PrintStream err, Mode mode) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.mode = mode;
    }

    /** Which version this is, as the jar says. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ClientCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Parley chat client " + (version == null ? "(not from a jar)" : version)};
        }
    }

    @Override
    public Integer call() {
        ClientApp app = new ClientApp(settings(), in, new Printer(out, err));
        Runtime.getRuntime().addShutdownHook(new Thread(app::leave, "chat-goodbye"));
        return app.run();
    }

    private ClientSettings settings() {
        try {
            if (history < 0) {
                throw new IllegalArgumentException("--history: not " + history);
            }
            return new ClientSettings(
                    Destination.parse(destination), room, via, trust(), password(), history, reconnect, mode);
        } catch (IllegalArgumentException | IOException wrong) {
            if (spec == null) {
                throw new IllegalStateException(wrong);
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private @Nullable String password() throws IOException {
        if (passwordFile == null) {
            return System.getenv("PARLEY_PASSWORD");
        }
        try (Stream<String> lines = Files.lines(passwordFile)) {
            return lines.findFirst()
                    .orElseThrow(() -> new IOException("--password-file: nothing is in " + passwordFile));
        } catch (NoSuchFileException missing) {
            throw new IOException("--password-file: there is no " + passwordFile, missing);
        }
    }

    private @Nullable TlsOptions trust() throws IOException {
        if (tlsFingerprint != null && tlsCa != null) {
            throw new IllegalArgumentException("--tls-ca and --tls-fingerprint: choose one");
        }
        if (tlsFingerprint != null) {
            return ServerTrust.pinned(tlsFingerprint).options();
        }
        if (tlsCa != null) {
            return ServerTrust.of(tlsCa).options();
        }
        return tls ? ServerTrust.system().options() : null;
    }
}
