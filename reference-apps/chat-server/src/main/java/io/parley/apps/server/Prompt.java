package io.parley.apps.server;

import io.parley.apps.terminal.Terminals;
import java.io.Closeable;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines at a terminal, with editing, history and completion. One thread reads; any may print, end and close.
 *
 * <p>While a line is read, Ctrl-C and Ctrl-Z are keys and no signals, so that they mean something on the line; what
 * others send (kill -INT) stays the program's. No handler of JLine's takes the place of the program's. To be stopped by
 * Ctrl-Z, the reading is given up, the terminal put back, and the line begun again with what was typed.
 */
final class Prompt implements Closeable {
    private static final String PROMPT = "> ";
    private static final String SUSPEND = "parley-suspend";
    private static final int MOST_ENDS = 2; // in a row: a terminal that was hung up has nothing but ends
    private static final int MOST_FAILURES = 3; // in a row

    /** How a list of completions looks. */
    private static final Map<String, Object> WITHOUT_COLOURS = Map.of(
            LineReader.COMPLETION_STYLE_STARTING, "bold",
            LineReader.COMPLETION_STYLE_DESCRIPTION, "fg:default",
            LineReader.COMPLETION_STYLE_BACKGROUND, "bg:default",
            LineReader.COMPLETION_STYLE_LIST_STARTING, "bold",
            LineReader.COMPLETION_STYLE_LIST_DESCRIPTION, "fg:default",
            LineReader.COMPLETION_STYLE_LIST_BACKGROUND, "bg:default");

    /** Who hears what is typed, on the thread that reads. What it answers is whether to go on. */
    interface Typist {
        void onLine(String line) throws IOException;

        /** Ctrl-C, on a line without text. */
        boolean onInterrupt();

        /** Ctrl-D, on a line without text, for so many times. */
        boolean onEnd(int inARow);
    }

    private final Terminal terminal;
    private final LineReader reader;
    private final BooleanSupplier foreground;
    private final Runnable stop;
    private boolean suspending; // the reading thread's
    private boolean resumed; // the reading thread's; whether no line was read since
    private @Nullable Attributes found; // the reading thread's; null while the terminal is not ours
    private volatile boolean ended;

    /**
     * Reads at any terminal.
     *
     * @param ask answers a command, for completion
     * @param foreground waits until the terminal may be used, and tells whether it may
     * @param stop lets the program be stopped
     */
    Prompt(Terminal terminal, Function<String, List<String>> ask, BooleanSupplier foreground, Runnable stop) {
        this.terminal = terminal;
        this.foreground = foreground;
        this.stop = stop;
        // What is typed is text: no quotes, no escapes, and an exclamation mark is one.
        DefaultParser words = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("parley")
                .parser(words)
                .completer(new OperatorCompleter(ask))
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.INSERT_TAB, false)
                .option(Option.CASE_INSENSITIVE, true)
                .build();
        WITHOUT_COLOURS.forEach(reader::setVariable);
        reader.getWidgets().put(SUSPEND, this::suspend);
        Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN)).bind(new Reference(SUSPEND), KeyMap.ctrl('Z'));
    }

    /** Opens this process's terminal, which must be its own ({@link Foreground}). */
    static Prompt open(Function<String, List<String>> ask) throws IOException {
        Terminal terminal = terminal();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB) || terminal.getColumns() <= 0) {
            terminal.close();
            throw new IOException("this terminal cannot move its cursor, or does not tell how wide it is");
        }
        Signals.on("WINCH", () -> terminal.raise(Signal.WINCH));
        Signals.on("CONT", () -> {
            if (Foreground.isOurs()) {
                terminal.raise(Signal.CONT); // after a stop that was not by Ctrl-Z
            }
        });
        return new Prompt(terminal, ask, Foreground::await, Terminals::stopAll);
    }

    private static Terminal terminal() throws IOException {
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

    /** Reads until the typist has had enough, there is nothing more, or {@link #end} was called. */
    void read(Typist typist) throws IOException {
        String begun = "";
        int ends = 0;
        int failures = 0;
        boolean more = true;
        while (more && !ended && foreground.getAsBoolean()) {
            try {
                takeTerminal();
                String line = reader.readLine(PROMPT, null, (MaskingCallback) null, begun);
                begun = "";
                resumed = false;
                ends = 0;
                failures = 0;
                for (String one : line.split("\\R")) { // pasted, they are several
                    if (!one.isBlank()) {
                        typist.onLine(one.strip());
                    }
                }
            } catch (UserInterruptException given) {
                begun = suspending ? given.getPartialLine() : "";
                more = ended || onInterrupted(given.getPartialLine(), typist);
            } catch (EndOfFileException end) {
                if (resumed) {
                    resumed = false; // what a reading in the background has left behind; it was refused
                } else {
                    begun = "";
                    ends++;
                    more = typist.onEnd(ends) && ends < MOST_ENDS;
                }
            } catch (IOError unreadable) {
                failures++;
                more = failures < MOST_FAILURES;
            }
        }
    }

    private boolean onInterrupted(String line, Typist typist) {
        Thread.interrupted(); // else it would end the next line as well
        if (suspending) {
            suspending = false;
            giveTerminal();
            stop.run();
            resumed = true;
            return true;
        }
        return ended || !line.isBlank() || typist.onInterrupt();
    }

    private boolean suspend() {
        suspending = true;
        Thread.currentThread().interrupt();
        return true;
    }

    /** Makes what is typed between two lines wait for the next, unseen; Ctrl-C is a signal there. */
    private void takeTerminal() {
        if (found == null) {
            found = terminal.enterRawMode();
            Attributes between = terminal.getAttributes();
            between.setLocalFlag(LocalFlag.ISIG, true);
            terminal.setAttributes(between);
        }
    }

    private void giveTerminal() {
        Attributes before = found;
        if (before != null) {
            terminal.setAttributes(before);
            found = null;
        }
    }

    /** Prints a line, which must be harmless, above the one that is being typed. */
    void printAbove(String line) {
        reader.printAbove(line);
    }

    /** Lets the reading end: its thread is still to be interrupted. */
    void end() {
        reader.option(Option.ERASE_LINE_ON_FINISH, true);
        ended = true;
    }

    /** Puts the terminal back as it was found. */
    @Override
    public void close() {
        if (!Foreground.isOurs()) {
            Signals.ignore("TTOU"); // else a process in the background is stopped here, and never ends
        }
        try {
            terminal.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
