package io.parley.apps.server.operator;

import io.parley.apps.server.terminal.Foreground;
import io.parley.apps.server.terminal.Mode;
import io.parley.apps.server.terminal.Printer;
import io.parley.apps.server.terminal.Prompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line that sends commands to the admin socket of a server. One thread; picocli sets the fields. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Sends operator commands to a running server: the one given, or each line of the input.",
            "At a terminal, lines can be edited and completed; Ctrl-D ends."
        },
        footer = {"", "Exit codes: 0 done, 1 not done, 2 wrong options, 4 no server answers."})
public final class AdminCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int UNREACHABLE = 4;

    private final Mode mode;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            required = true,
            description = "The path given to the server as --admin-socket.")
    private Path socket = Path.of("");

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "A command with its slash; /help lists them.")
    private List<String> command = List.of();

    public AdminCommand(Mode mode, InputStream in, PrintStream out, PrintStream err) {
        this.mode = mode;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try (SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                BufferedReader replies = new BufferedReader(Channels.newReader(server, StandardCharsets.UTF_8));
                Writer requests = Channels.newWriter(server, StandardCharsets.UTF_8)) {
            AdminConnection connection = new AdminConnection(requests, replies);
            if (!command.isEmpty()) {
                return connection.send(String.join(" ", command), new Printer(out)::line) ? 0 : FAILED;
            }
            return (mode == Mode.TERMINAL ? atTerminal(connection) : filter(connection)) ? 0 : FAILED;
        } catch (IOException | UnsupportedOperationException unreachable) {
            new Printer(err).line("no server answers at " + socket + ": " + unreachable.getMessage());
            return UNREACHABLE;
        }
    }

    /**
     * Sends one command, and prints the answer.
     *
     * @return the exit code
     */
    public static int send(Path socket, String command, PrintStream out, PrintStream err) {
        AdminCommand admin = new AdminCommand(Mode.PIPE, InputStream.nullInputStream(), out, err);
        admin.socket = socket;
        admin.command = List.of(command);
        return admin.call();
    }

    /** Sends each line of the input; returns whether all were done. */
    private boolean filter(AdminConnection server) throws IOException {
        boolean all = true;
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            all &= line.isBlank() || server.send(line, new Printer(out)::line);
        }
        return all;
    }

    private boolean atTerminal(AdminConnection server) throws IOException {
        if (!Foreground.await()) {
            return filter(server);
        }
        Prompt opened;
        try {
            opened = Prompt.open(new OperatorCompleter(server::complete));
        } catch (IOException unable) {
            return filter(server);
        }
        try (Prompt prompt = opened) {
            Printer printer = new Printer(out);
            printer.through(prompt::printAbove);
            prompt.read(new Typed(server, printer));
            return true;
        }
    }

    /** Sends the lines that are typed at a terminal. One thread. */
    private record Typed(AdminConnection server, Printer printer) implements Prompt.Listener {
        @Override
        public void onLine(String line) throws IOException {
            server.send(line, printer::line);
        }

        @Override
        public boolean onInterrupt() {
            return false;
        }

        @Override
        public boolean onEnd(int consecutive) {
            return false;
        }
    }

    /** The connection to the server. One thread. */
    private record AdminConnection(Writer requests, BufferedReader replies) {

        /** Sends a command and waits for the whole answer; returns whether it was done. */
        boolean send(String command, Consumer<String> answers) throws IOException {
            requests.write(command + "\n");
            requests.flush();
            for (String reply = replies.readLine(); reply != null; reply = replies.readLine()) {
                if (!reply.startsWith(" ")) {
                    return reply.equals(AdminSocket.OK);
                }
                answers.accept(reply.substring(1));
            }
            throw new IOException("the server ended before it answered");
        }

        List<String> complete(String command) {
            List<String> lines = new ArrayList<>();
            try {
                return send(command, lines::add) ? lines : List.of();
            } catch (IOException gone) {
                return List.of(); // the next line that is typed reports it
            }
        }
    }
}
