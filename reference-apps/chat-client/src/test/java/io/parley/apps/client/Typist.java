package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.client.options.Destination;
import io.parley.apps.client.options.Login;
import io.parley.apps.client.options.TransportKind;
import io.parley.apps.client.screen.ScreenOptions;
import io.parley.apps.client.view.Printer;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminalOutputStream.DelegateOutputStream;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/** A user of a client on a screen, which is a terminal in memory. The test thread only. */
public final class Typist implements AutoCloseable {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final DelegateOutputStream output = new DelegateOutputStream();
    private final LineDisciplineTerminal terminal;
    private final ScreenTerminal screen;
    private final CompletableFuture<Integer> exit;
    private final Semaphore goOn = new Semaphore(0); // of a program that was stopped

    /** Starts a client. */
    Typist(String destination, int columns, int rows) throws IOException {
        this(destination, columns, rows, true);
    }

    Typist(String destination, int columns, int rows, boolean reconnect) throws IOException {
        this(destination, columns, rows, reconnect, Clock.systemUTC());
    }

    Typist(String destination, int columns, int rows, boolean reconnect, Clock clock) throws IOException {
        this(destination, columns, rows, null, reconnect, clock);
    }

    /** A user with an account, if there is a password. */
    Typist(String destination, int columns, int rows, @Nullable String password, boolean reconnect, Clock clock)
            throws IOException {
        this(destination, columns, rows, password, reconnect, clock, 20);
    }

    Typist(
            String destination,
            int columns,
            int rows,
            @Nullable String password,
            boolean reconnect,
            Clock clock,
            int history)
            throws IOException {
        this(
                destination,
                columns,
                rows,
                password == null ? Login.GUEST : new Login.Password(password),
                reconnect,
                clock,
                history);
    }

    /** A user with any login, that reconnects. */
    Typist(String destination, Login login) throws IOException {
        this(destination, 80, 24, login, true, Clock.systemUTC(), 20);
    }

    private Typist(String destination, int columns, int rows, Login login, boolean reconnect, Clock clock, int history)
            throws IOException {
        screen = new ScreenTerminal(columns, rows);
        terminal = new LineDisciplineTerminal("test", "xterm-256color", new Copied(output, written), UTF_8);
        terminal.setSize(Size.of(columns, rows));
        ScreenTerminal.wireTerminal(screen, terminal, output);
        terminal.enterRawMode(); // else keys between two reads are echoed, or are signals
        PrintStream complaints = new PrintStream(err, true, UTF_8);
        ClientSettings settings = new ClientSettings(
                Destination.parse(destination),
                "lobby",
                TransportKind.NIO,
                null,
                login,
                history,
                reconnect,
                Mode.SCREEN);
        Executor callbacks = ClientThreads.callbacks();
        ClientApp app = ScreenClient.app(
                settings,
                ScreenOptions.DEFAULT,
                terminal,
                callbacks,
                new Printer(complaints, complaints),
                clock,
                goOn::acquireUninterruptibly);
        exit = CompletableFuture.supplyAsync(app::run, task -> new Thread(task, "typist").start());
    }

    /** Presses keys; a line ends with {@code \r}. */
    Typist types(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(UTF_8));
        return this;
    }

    Typist resizes(int columns, int rows) {
        screen.setSize(Size.of(columns, rows));
        terminal.setSize(Size.of(columns, rows));
        terminal.raise(Terminal.Signal.WINCH);
        return this;
    }

    /** Continues a program that Ctrl-Z has stopped. */
    Typist goesOn() {
        goOn.release();
        return this;
    }

    /** The rows of the screen without the blanks at their ends. */
    List<String> rows() {
        return rows(screen);
    }

    public static List<String> rows(ScreenTerminal screen) {
        int columns = screen.getColumns();
        int rows = screen.getRows();
        long[] cells = new long[columns * rows];
        screen.dump(cells, null);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int point = ScreenTerminal.cellCodePoint(cells[row * columns + column]);
                text.appendCodePoint(point == 0 ? ' ' : point);
                column += Math.max(0, WCWidth.wcwidth(point) - 1); // a wide one has the next cell as well
            }
            text.append('\n');
        }
        return text.toString().lines().map(String::stripTrailing).toList();
    }

    /** Waits until each of these is on the screen, in their order. */
    Typist sees(String... parts) {
        await().untilAsserted(() -> assertThat(String.join("\n", rows())).containsSubsequence(parts));
        return this;
    }

    /** Waits until nothing of this is on the screen. */
    Typist seesNo(String part) {
        await().untilAsserted(() -> assertThat(String.join("\n", rows())).doesNotContain(part));
        return this;
    }

    /** All that was written to the terminal, with its escape sequences. */
    String written() {
        return written.toString(UTF_8);
    }

    /** Waits until something was written to the terminal, screen or not. */
    Typist getsWritten(String sequence) {
        await().until(() -> written().contains(sequence));
        return this;
    }

    /** The line that is typed, after its prompt. */
    String input() {
        List<String> rows = rows();
        String last = rows.get(rows.size() - 1);
        return last.equals(">") ? "" : last.startsWith("> ") ? last.substring(2) : last;
    }

    String status() {
        List<String> rows = rows();
        return rows.get(rows.size() - 2);
    }

    String complaints() {
        return err.toString(UTF_8);
    }

    int exitCode() {
        await().until(exit::isDone);
        return exit.join();
    }

    boolean isThere() {
        return !exit.isDone();
    }

    /** A stream whose bytes go to another one as well. */
    private static final class Copied extends FilterOutputStream {
        private final ByteArrayOutputStream copy;

        Copied(OutputStream to, ByteArrayOutputStream copy) {
            super(to);
            this.copy = copy;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            copy.write(bytes, offset, length);
            out.write(bytes, offset, length);
        }

        @Override
        public void write(int one) throws IOException {
            copy.write(one);
            out.write(one);
        }
    }

    @Override
    public void close() throws IOException {
        if (isThere()) {
            types("\u0003\u0003\u0004\u0004");
        }
        exitCode();
        terminal.close();
    }
}
