package io.parley.apps.server;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A console for a person at a terminal: lines can be edited, recalled and completed, and what is logged meanwhile goes
 * above them. In the background of a shell it waits until it is in the foreground; where a terminal cannot do what is
 * needed, plain lines are read.
 */
final class TerminalConsole implements Console {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final String CONTROLLING = "/dev/tty"; // of each process its own

    /** Opens the terminal, once it may be used. */
    interface Opening {
        Prompt open(Function<String, List<String>> ask) throws IOException;
    }

    private final Console plain;
    private final boolean attached = hasTerminal(); // else it was started to outlive it
    private final BooleanSupplier foreground;
    private final Opening opening;
    private volatile @Nullable Thread thread; // written once, by the thread that opens this
    private volatile @Nullable Prompt prompt; // written once, by the console's thread
    private volatile boolean closed;

    TerminalConsole(InputStream in) {
        this(in, Foreground::await, Prompt::open);
    }

    TerminalConsole(InputStream in, BooleanSupplier foreground, Opening opening) {
        this.plain = Console.of(in);
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
        try (Prompt opened = opening.open(line -> ask(operator, line))) {
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
                reading.join(PATIENCE_MILLIS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
        if (open != null) {
            open.close(); // a command may still hold the console's thread
        }
    }

    /** What becomes of what is typed. The console's thread calls it. */
    private record Typed(Operator operator, Consumer<String> answers) implements Prompt.Typist {
        @Override
        public void onLine(String line) {
            operator.run(line, answers);
        }

        @Override
        public boolean onInterrupt() {
            return operator.run("/stop", nothing -> {});
        }

        @Override
        public boolean onEnd(int inARow) {
            boolean again = inARow == 1;
            answers.accept(
                    again
                            ? "Ctrl-C or /stop ends the server; Ctrl-D once more ends only the reading here."
                            : "Nothing is read here any more; Ctrl-C ends the server.");
            return again;
        }
    }
}
