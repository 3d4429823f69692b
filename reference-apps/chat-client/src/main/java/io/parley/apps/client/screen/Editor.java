package io.parley.apps.client.screen;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.Parser;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.KillRing;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The line that is typed, at the foot of the screen, below a status line that changes meanwhile. One thread reads; any may
 * {@link #show}.
 *
 * <p>JLine's reader does the work. This class adds a prompt that is no pattern and has colours, keys, and rows above the
 * prompt. A thread that draws never waits long for the lock of the reader. (Over 300 lines: the reader shows its state to subclasses
 * only.)
 */
final class Editor extends LineReaderImpl {
    private static final long LOCK_MILLIS = 50;
    private static final String SUSPEND = "parley-suspend";
    private static final List<String> CURSOR_KEYS =
            List.of("A", "B", "C", "D", "F", "H"); // the last characters of their sequences
    private static final String UNKNOWN = "parley-unknown";
    private static final String PROMPT = "> ";

    /** Keeps the title of the terminal's window; gives it back (xterm's window operations). */
    static final String PUSH_TITLE = "\u001B[22;0t";

    static final String POP_TITLE = "\u001B[23;0t";
    private static final String TELL_FOCUS = "\u001B[?1004h";
    private static final String TELL_NO_FOCUS = "\u001B[?1004l";

    private volatile AttributedString status = AttributedString.EMPTY; // written under the reader's lock
    private volatile String question = PROMPT; // set by the reading thread
    private volatile boolean typed; // set by the reading thread, cleared by takeTyped
    private volatile boolean left = true; // whether the screen is restored; written under the lock if possible
    private final AtomicInteger timesTaken = new AtomicInteger();
    private volatile boolean ended; // set once
    private boolean suspending; // the reading thread's
    private final Runnable resized;

    Editor(Terminal terminal, Completer completer, Parser parser, Runnable resized) {
        super(terminal, "parley", new HashMap<>());
        this.resized = resized;
        setCompleter((reader, line, candidates) -> {
            if (!isSecret()) {
                completer.complete(reader, line, candidates);
            }
        });
        setParser(parser);
        setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "  ");
        setVariable(LineReader.BELL_STYLE, "none");
        setVariable(LineReader.HISTORY_SIZE, 1_000);
        setVariable(LineReader.HISTORY_IGNORE, "/password *:/register *"); // a password may be there by mistake
        setOpt(Option.ERASE_LINE_ON_FINISH);
        setOpt(Option.DISABLE_EVENT_EXPANSION);
        setOpt(Option.CASE_INSENSITIVE);
        setOpt(Option.HISTORY_IGNORE_DUPS);
        unsetOpt(Option.AUTO_FRESH_LINE);
        getWidgets().put(SUSPEND, this::suspend);
        Objects.requireNonNull(getKeyMaps().get(EMACS)).bind(new Reference(SUSPEND), KeyMap.ctrl('Z'));
        Widget insert = Objects.requireNonNull(getWidgets().get(SELF_INSERT));
        getWidgets().put(SELF_INSERT, () -> {
            boolean done = insert.apply();
            typed |= getBuffer().atChar(0) != '/' && !isSecret();
            return done;
        });
    }

    /** Whether the line that is read is one that must not be seen. */
    private boolean isSecret() {
        return maskingCallback != null;
    }

    /**
     * Reads a line that is shown as asterisks, and keeps it nowhere. The reading thread.
     *
     * @return the line; null if the user gave up
     */
    @Nullable
    String readSecret(String prompt) {
        question = prompt;
        try {
            return readLine(null, '*');
        } catch (UserInterruptException | EndOfFileException givenUp) {
            takeSuspending();
            return null;
        } finally {
            question = PROMPT;
            killRing = new KillRing(); // what was deleted of it
        }
    }

    /** Puts a text into the line that is typed, if that is empty. Any thread. */
    void offer(String text) {
        if (!tryLock()) {
            return;
        }
        try {
            if (reading && !left && buf.length() == 0 && !isSecret()) {
                buf.write(text);
                redisplay();
                terminal.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads the sequences that no key has, and passes each on. Called after all keys are bound, before the first read.
     *
     * @param sequence receives each sequence, on the reading thread
     */
    void bindUnknown(Consumer<String> sequence) {
        getWidgets().put(UNKNOWN, () -> {
            sequence.accept(EscapeSequence.read(
                    bindingReader.getLastBinding(),
                    millis -> bindingReader.peekCharacter(millis) < 0 ? -1 : bindingReader.readCharacter()));
            return true;
        });
        KeyMap<Binding> map = Objects.requireNonNull(getKeyMaps().get(EMACS));
        for (String key : CURSOR_KEYS) { // some terminals send the other form
            map.bindIfNotBound(map.getBound("\u001BO" + key), "\u001B[" + key);
        }
        EscapeSequence.beginnings(map.getBoundKeys().keySet()).forEach(keys -> map.bind(new Reference(UNKNOWN), keys));
    }

    /** Handles Ctrl-Z, which is a key while a line is read: ends the read, which begins again later. */
    private boolean suspend() {
        suspending = true;
        Thread.currentThread().interrupt();
        return true;
    }

    /** Whether Ctrl-Z ended the last read; true only once. The reading thread. */
    boolean takeSuspending() {
        boolean was = suspending;
        suspending = false;
        if (was) {
            Thread.interrupted(); // else it would end the next read as well
        }
        return was;
    }

    /** Binds keys to an action. Called before the first read. */
    void bind(String name, Runnable action, CharSequence... keys) {
        getWidgets().put(name, () -> {
            action.run();
            return true;
        });
        KeyMap<Binding> map = Objects.requireNonNull(getKeyMaps().get(EMACS));
        for (CharSequence key : keys) {
            map.bind(new Reference(name), key);
        }
    }

    /** Binds keys to an action where the line is empty; elsewhere they do what another widget does. */
    void bindWhereEmpty(String name, Runnable action, String otherwise, CharSequence... keys) {
        Widget other = Objects.requireNonNull(getBuiltinWidgets().get(otherwise));
        bind(
                name,
                () -> {
                    if (buf.length() == 0) {
                        action.run();
                    } else {
                        other.apply();
                    }
                },
                keys);
    }

    /** Writes control sequences that draw nothing; false if the lock was not free. Any thread. */
    boolean control(String sequences) {
        if (!tryLock()) {
            return false;
        }
        try {
            if (!left) {
                terminal.writer().write(sequences);
                terminal.flush();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Switches to the alternate screen, unless {@link #end} was called, and draws. Any thread. */
    void enter() {
        lock.lock();
        try {
            if (!ended) {
                terminal.puts(Capability.enter_ca_mode);
                terminal.writer().write(PUSH_TITLE + TELL_FOCUS);
                left = false;
                timesTaken.incrementAndGet();
            }
        } finally {
            lock.unlock();
        }
        resized.run();
    }

    /** How often the screen was taken with {@link #enter}. Any thread. */
    int timesTaken() {
        return timesTaken.get();
    }

    /** Restores the screen for good. Any thread. */
    void end() {
        ended = true;
        leave();
    }

    /** Restores the screen; nothing is drawn before {@link #enter}. Any thread. */
    void leave() {
        boolean locked = tryLock();
        try {
            if (!left) {
                left = true;
                terminal.writer().write(TELL_NO_FOCUS + POP_TITLE);
                terminal.puts(Capability.exit_ca_mode);
                terminal.flush();
            }
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    /** Whether text other than a command was typed since the last call. */
    boolean takeTyped() {
        boolean was = typed;
        typed = false;
        return was;
    }

    /** Draws rows above the prompt, and the prompt; false if the lock was not free. */
    boolean show(AttributedString newStatus, List<AttributedString> rows) {
        return show(
                newStatus,
                rows.isEmpty()
                        ? null
                        : to -> rows.forEach(row -> to.append(ansi(row)).append('\n')));
    }

    /** Draws a page of rows, and the prompt below them; false if the lock was not free. */
    boolean showPage(AttributedString newStatus, List<AttributedString> rows, int height) {
        return show(newStatus, to -> {
            to.append("\u001B[H\u001B[J").append("\n".repeat(Math.max(0, height - rows.size())));
            rows.forEach(row -> to.append(ansi(row)).append('\n'));
        });
    }

    private String ansi(AttributedString row) {
        return row.toAnsi(terminal);
    }

    private boolean show(AttributedString newStatus, @Nullable Consumer<StringBuilder> above) {
        if (!tryLock()) {
            return false;
        }
        try {
            if (left) {
                return true;
            }
            status = newStatus;
            setPrompt(null);
            if (above != null) {
                StringBuilder text = new StringBuilder();
                above.accept(text);
                printAbove(text.toString());
            } else if (reading) {
                redisplay();
                terminal.flush();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean tryLock() {
        try {
            return lock.tryLock(LOCK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void setPrompt(@Nullable String ignored) {
        prompt = new AttributedStringBuilder()
                .append(status)
                .append("\n" + question)
                .toAttributedString();
    }

    @Override
    protected void handleSignal(Terminal.Signal signal) {
        super.handleSignal(signal);
        if (signal == Terminal.Signal.WINCH || signal == Terminal.Signal.CONT) {
            resized.run();
        }
    }
}
