package io.parley.apps.client;

import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.terminal.Printable;
import io.parley.apps.terminal.StandardInput;
import io.parley.apps.terminal.Terminals;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Starts a chat client from a command line. */
public final class ChatClientApp {
    private ChatClientApp() {}

    /**
     * Runs the program. All text is UTF-8, whatever the system's locale.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Mode mode = !Terminals.isInteractive() ? Mode.PIPE : Terminals.isDumb() ? Mode.TERMINAL : Mode.SCREEN;
        System.exit(run(StandardInput.get(), to(FileDescriptor.out), to(FileDescriptor.err), mode, args));
    }

    private static PrintStream to(FileDescriptor descriptor) {
        // Buffered, so that a line is one write and lines of several programs do not mix.
        BufferedOutputStream buffer = new BufferedOutputStream(new FileOutputStream(descriptor));
        return new PrintStream(buffer, false, StandardCharsets.UTF_8);
    }

    /** Runs the program on other streams; returns its exit code. */
    static int run(InputStream in, PrintStream out, PrintStream err, Mode mode, String... args) {
        return new CommandLine(new ClientCommand(in, out, err, mode))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, words) -> {
                    PrintWriter to = wrong.getCommandLine().getErr();
                    to.println(Printable.of(String.valueOf(wrong.getMessage())));
                    to.println("chat-client --help tells more");
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }
}
