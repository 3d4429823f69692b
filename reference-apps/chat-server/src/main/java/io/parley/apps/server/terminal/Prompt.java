package io.parley.apps.server.terminal;

import io.parley.apps.terminal.Terminals;
import java.io.Closeable;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.Completer;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads lines at a terminal, with editing, history and completion. One thread reads; any may print, end and close.
 *
 * <p>While a line is read, Ctrl-C and Ctrl-Z are keys and not signals. Signals from elsewhere (kill -INT) still go to the
 * handlers of the program; JLine installs none. Ctrl-Z ends the read and restores the terminal; when the program
 * continues, the prompt starts again with the text that was typed.
 */
public final class Prompt implements Closeable {
    private static final String PROMPT = "> ";
    private static final String SUSPEND = "parley-suspend";
    private static final int MOST_ENDS = 2; // consecutive: a terminal that was hung up reports them for ever
    private static final int MOST_FAILURES = 3; // consecutive

    /** The style of a list of completions. */
    private static final Map<String, Object> WITHOUT_COLOURS = Map.of(
            LineReader.COMPLETION_STYLE_STARTING, "bold",
            LineReader.COMPLETION_STYLE_DESCRIPTION, "fg:default",
            LineReader.COMPLETION_STYLE_BACKGROUND, "bg:default",
            LineReader.COMPLETION_STYLE_LIST_STARTING, "bold",
            LineReader.COMPLETION_STYLE_LIST_DESCRIPTION, "fg:default",
            LineReader.COMPLETION_STYLE_LIST_BACKGROUND, "bg:default");

    /** Receives what is typed, on the reading thread. A result says whether to go on reading. */
    public interface Listener {
        void onLine(String line) throws IOException;

        /** Ctrl-C, on a line without text. */
        boolean onInterrupt();

        /** Ctrl-D, on a line without text, and how many came one after another. */
        boolean onEnd(int consecutive);
    }

    private final Terminal terminal;
    private final LineReader reader;
    private final BooleanSupplier foreground;
    private final Runnable stop;
    private boolean suspending; // the reading thread's
    private boolean resumed; // the reading thread's; whether the program continued and no line was read since
    private @Nullable Attributes found; // the reading thread's; null while the terminal is not in raw mode
    private volatile boolean ended;

    /**
     * Reads at any terminal.
     *
     * @param completer completes a line
     * @param foreground waits for the foreground; returns whether the terminal may be used
     * @param stop stops the program as Ctrl-Z does, and returns when it continues
     */
    public Prompt(Terminal terminal, Completer completer, BooleanSupplier foreground, Runnable stop) {
        this.terminal = terminal;
        this.foreground = foreground;
        this.stop = stop;
        // Input is text: quotes, backslashes and exclamation marks have no special meaning.
        DefaultParser parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("parley")
                .parser(parser)
                .completer(completer)
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.INSERT_TAB, false)
                .option(Option.CASE_INSENSITIVE, true)
                .build();
        WITHOUT_COLOURS.forEach(reader::setVariable);
        reader.getWidgets().put(SUSPEND, this::suspend);
        Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN)).bind(new Reference(SUSPEND), KeyMap.ctrl('Z'));
    }

    /** Opens the terminal of this process, which must be in the foreground ({@link Foreground}). */
    public static Prompt open(Completer completer) throws IOException {
        return new Prompt(SystemTerminal.open(), completer, Foreground::await, Terminals::stopAll);
    }

    /** Reads until the listener ends it, the input ends, or {@link #end} is called. */
    public void read(Listener listener) throws IOException {
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
                for (String one : line.split("\\R")) { // pasted text may have several lines
                    if (!one.isBlank()) {
                        listener.onLine(one.strip());
                    }
                }
            } catch (UserInterruptException given) {
                begun = suspending ? given.getPartialLine() : "";
                more = ended || onInterrupted(given.getPartialLine(), listener);
            } catch (EndOfFileException end) {
                if (resumed) {
                    resumed = false; // left over from a read in the background, which was refused
                } else {
                    begun = "";
                    ends++;
                    more = listener.onEnd(ends) && ends < MOST_ENDS;
                }
            } catch (IOError unreadable) {
                failures++;
                more = failures < MOST_FAILURES;
            }
        }
    }

    private boolean onInterrupted(String line, Listener listener) {
        Thread.interrupted(); // else it would end the next read as well
        if (suspending) {
            suspending = false;
            giveTerminal();
            stop.run();
            resumed = true;
            return true;
        }
        return ended || !line.isBlank() || listener.onInterrupt();
    }

    private boolean suspend() {
        suspending = true;
        Thread.currentThread().interrupt();
        return true;
    }

    /** Keeps keys that are typed between two reads for the next, without echo; Ctrl-C is a signal there. */
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

    /** Prints a line above the one that is being typed. It must be harmless for a terminal. */
    public void printAbove(String line) {
        reader.printAbove(line);
    }

    /** Ends reading; the caller also interrupts the reading thread. */
    public void end() {
        reader.option(Option.ERASE_LINE_ON_FINISH, true);
        ended = true;
    }

    /** Restores the terminal. */
    @Override
    public void close() {
        if (!Foreground.isOurs()) {
            SystemSignals.ignore("TTOU"); // else the system stops a background process here
        }
        try {
            terminal.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
