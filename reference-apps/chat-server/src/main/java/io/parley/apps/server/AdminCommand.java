package io.parley.apps.server;

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

/** Asks a running server something over its admin socket. One thread; picocli sets the fields. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Sends operator commands to a running server: the one given, or each line of the input.",
            "At a terminal, lines can be edited and completed; Ctrl-D ends."
        },
        footer = {"", "Exit codes: 0 done, 1 not done, 2 wrong options, 4 no server answers."})
final class AdminCommand implements Callable<Integer> {
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

    AdminCommand(Mode mode, InputStream in, PrintStream out, PrintStream err) {
        this.mode = mode;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try (SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                BufferedReader answers = new BufferedReader(Channels.newReader(server, StandardCharsets.UTF_8));
                Writer questions = Channels.newWriter(server, StandardCharsets.UTF_8)) {
            Line line = new Line(questions, answers);
            if (!command.isEmpty()) {
                return line.ask(String.join(" ", command), new Printer(out)::line) ? 0 : FAILED;
            }
            return (mode == Mode.TERMINAL ? atTerminal(line) : filter(line)) ? 0 : FAILED;
        } catch (IOException | UnsupportedOperationException nobody) {
            new Printer(err).line("no server answers at " + socket + ": " + nobody.getMessage());
            return UNREACHABLE;
        }
    }

    /** Asks each line of the input, and tells whether all was done. */
    private boolean filter(Line server) throws IOException {
        boolean all = true;
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            all &= line.isBlank() || server.ask(line, new Printer(out)::line);
        }
        return all;
    }

    private boolean atTerminal(Line server) throws IOException {
        if (!Foreground.await()) {
            return filter(server);
        }
        Prompt opened;
        try {
            opened = Prompt.open(server::complete);
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

    /** What becomes of what is typed at a terminal. One thread. */
    private record Typed(Line server, Printer printer) implements Prompt.Typist {
        @Override
        public void onLine(String line) throws IOException {
            server.ask(line, printer::line);
        }

        @Override
        public boolean onInterrupt() {
            return false;
        }

        @Override
        public boolean onEnd(int inARow) {
            return false;
        }
    }

    /** The connection to the server. One thread. */
    private record Line(Writer questions, BufferedReader answers) {

        /** Asks, waits for the whole answer, and tells whether it was done. */
        boolean ask(String question, Consumer<String> each) throws IOException {
            questions.write(question + "\n");
            questions.flush();
            for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
                if (!answer.startsWith(" ")) {
                    return answer.equals(AdminSocket.OK);
                }
                each.accept(answer.substring(1));
            }
            throw new IOException("the server ended before it answered");
        }

        List<String> complete(String question) {
            List<String> told = new ArrayList<>();
            try {
                return ask(question, told::add) ? told : List.of();
            } catch (IOException gone) {
                return List.of(); // the next line that is typed will say so
            }
        }
    }
}
