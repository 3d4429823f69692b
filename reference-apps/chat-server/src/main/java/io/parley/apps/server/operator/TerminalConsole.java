package io.parley.apps.server.operator;

import io.parley.apps.server.terminal.Foreground;
import io.parley.apps.server.terminal.Printer;
import io.parley.apps.server.terminal.Prompt;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jline.reader.Completer;
import org.jspecify.annotations.Nullable;

/**
 * A console at a terminal: lines can be edited, recalled and completed, and the log is printed above them. As a
 * background job of a shell it waits until it is in the foreground. At a terminal that cannot move its cursor it reads
 * plain lines.
 */
public final class TerminalConsole implements OperatorConsole {
    private static final long CLOSE_MILLIS = 5_000;
    private static final String CONTROLLING = "/dev/tty"; // the controlling terminal of the process

    /** Opens the terminal when the process is in the foreground. */
    interface Opening {
        Prompt open(Completer completer) throws IOException;
    }

    private final OperatorConsole plain;
    private final boolean attached = hasTerminal(); // false: it was started without one
    private final BooleanSupplier foreground;
    private final Opening opening;
    private volatile @Nullable Thread thread; // written once, by the thread that opens this
    private volatile @Nullable Prompt prompt; // written once, by the console's thread
    private volatile boolean closed;

    public TerminalConsole(InputStream in) {
        this(in, Foreground::await, Prompt::open);
    }

    TerminalConsole(InputStream in, BooleanSupplier foreground, Opening opening) {
        this.plain = OperatorConsole.of(in);
        this.foreground = foreground;
        this.opening = opening;
    }

    @Override
    public void open(Operator operator, Printer printer, Consumer<String> answers) {
        Thread started = new Thread(() -> read(operator, printer, answers), "parley-console");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void read(Operator operator, Printer printer, Consumer<String> answers) {
        if (!foreground.getAsBoolean() || closed) {
            return;
        }
        try (Prompt opened = opening.open(new OperatorCompleter(line -> ask(operator, line)))) {
            prompt = opened;
            printer.through(opened::printAbove);
            try {
                opened.read(new Typed(operator, answers));
            } finally {
                printer.through(null);
            }
        } catch (IOException unable) {
            plain.open(operator, printer, answers);
        }
    }

    private static List<String> ask(Operator operator, String line) {
        List<String> answers = new ArrayList<>();
        return operator.run(line, answers::add) ? answers : List.of();
    }

    @Override
    public boolean isGone() {
        return attached && !hasTerminal();
    }

    private static boolean hasTerminal() {
        try (FileInputStream terminal = new FileInputStream(CONTROLLING)) {
            return terminal.getFD().valid();
        } catch (IOException none) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        Prompt open = prompt;
        Thread reading = thread;
        if (open != null) {
            open.end();
        }
        if (reading != null) {
            reading.interrupt();
            try {
                reading.join(CLOSE_MILLIS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
        if (open != null) {
            open.close(); // the thread may still run a command
        }
    }

    /** Runs the lines that are typed. The console's thread calls it. */
    private record Typed(Operator operator, Consumer<String> answers) implements Prompt.Listener {
        @Override
        public void onLine(String line) {
            operator.run(line, answers);
        }

        @Override
        public boolean onInterrupt() {
            return operator.run("/stop", nothing -> {});
        }

        @Override
        public boolean onEnd(int consecutive) {
            boolean again = consecutive == 1;
            answers.accept(
                    again
                            ? "Ctrl-C or /stop ends the server; Ctrl-D once more ends only the reading here."
                            : "Nothing is read here any more; Ctrl-C ends the server.");
            return again;
        }
    }
}
