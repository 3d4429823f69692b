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
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a running server something over its admin socket. One thread; picocli sets the fields. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Asks a running server something: the command given, or each line of the input.",
        footer = {"", "Exit codes: 0 done, 1 not done, 2 wrong options, 4 no server answers."})
final class AdminCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int UNREACHABLE = 4;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--socket", paramLabel = "PATH", required = true, description = "The server's --admin-socket.")
    private Path socket = Path.of("");

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "A command with its slash; help lists them.")
    private List<String> command = List.of();

    AdminCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try (SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                BufferedReader answers = new BufferedReader(Channels.newReader(server, StandardCharsets.UTF_8));
                Writer questions = Channels.newWriter(server, StandardCharsets.UTF_8)) {
            if (!command.isEmpty()) {
                return ask(String.join(" ", command), questions, answers) ? 0 : FAILED;
            }
            boolean all = true;
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all &= line.isBlank() || ask(line, questions, answers);
            }
            return all ? 0 : FAILED;
        } catch (IOException | UnsupportedOperationException nobody) {
            new Printer(err).line("no server answers at " + socket + ": " + nobody.getMessage());
            return UNREACHABLE;
        }
    }

    private boolean ask(String line, Writer questions, BufferedReader answers) throws IOException {
        questions.write(line + "\n");
        questions.flush();
        for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
            if (!answer.startsWith(" ")) {
                return answer.equals(AdminSocket.OK);
            }
            new Printer(out).line(answer.substring(1));
        }
        throw new IOException("the server ended before it answered");
    }
}
