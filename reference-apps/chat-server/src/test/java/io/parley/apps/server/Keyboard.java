package io.parley.apps.server;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.utils.ScreenTerminal;

/** A terminal in memory: a test presses its keys and reads its screen. Any thread may call it. */
public final class Keyboard {
    public static final String CTRL_C = "\u0003";
    public static final String CTRL_D = "\u0004";
    public static final String CTRL_P = "\u0010";
    public static final String CTRL_Z = "\u001A";

    private final ScreenTerminal.VirtualTerminal virtual;

    public Keyboard() throws IOException {
        virtual = ScreenTerminal.withTerminal("test", "xterm", 80, 24);
    }

    public Terminal terminal() {
        return virtual.terminal();
    }

    /** Whether the terminal edits lines itself, as it does for programs that do not. */
    public boolean isCooked() {
        return terminal().getAttributes().getLocalFlag(LocalFlag.ICANON);
    }

    public void type(String keys) {
        try {
            virtual.terminal().processInputBytes(keys.getBytes(UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** The output of a program at this terminal, which goes to the screen whether the terminal is open or not. */
    public PrintStream output() {
        OutputStream screen = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                virtual.screen().write(toString(UTF_8).replace("\n", "\r\n"));
                reset();
            }
        };
        return new PrintStream(screen, false, UTF_8);
    }

    /** The lines on the screen that are not empty. */
    public List<String> screen() {
        return virtual.screen()
                .toString()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Waits until the last line on the screen is this. */
    public void awaitLast(String line) {
        awaitScreen(lines -> !lines.isEmpty() && lines.get(lines.size() - 1).equals(line));
    }

    public void awaitScreen(Predicate<List<String>> shown) {
        await().until(this::screen, shown);
    }
}
