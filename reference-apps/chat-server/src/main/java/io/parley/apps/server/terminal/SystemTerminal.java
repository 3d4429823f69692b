package io.parley.apps.server.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Opens the terminal of this process. Any thread may call it. */
final class SystemTerminal {
    private SystemTerminal() {}

    /**
     * Opens the terminal, and forwards the signals to it that tell of a new size and of a continued process.
     *
     * @throws IOException if the terminal cannot move its cursor or does not report its width
     */
    static Terminal open() throws IOException {
        Terminal terminal = build();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB) || terminal.getColumns() <= 0) {
            terminal.close();
            throw new IOException("this terminal cannot move its cursor, or does not tell how wide it is");
        }
        SystemSignals.on("WINCH", () -> terminal.raise(Signal.WINCH));
        SystemSignals.on("CONT", () -> {
            if (Foreground.isOurs()) {
                terminal.raise(Signal.CONT); // after a stop that was not by Ctrl-Z
            }
        });
        return terminal;
    }

    private static Terminal build() throws IOException {
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .jni(true)
                    .ffm(false)
                    .exec(false)
                    .dumb(false)
                    .graphemeCluster(false)
                    .nativeSignals(false)
                    .encoding(StandardCharsets.UTF_8)
                    .stdinEncoding(StandardCharsets.UTF_8)
                    .stdoutEncoding(StandardCharsets.UTF_8)
                    .build();
        } catch (IllegalStateException | LinkageError unable) {
            throw new IOException("this terminal cannot be used", unable);
        }
    }
}
