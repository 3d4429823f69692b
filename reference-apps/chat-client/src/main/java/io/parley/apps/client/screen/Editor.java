package io.parley.apps.client.screen;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.Parser;
import org.jline.reader.Reference;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The line that is typed, at the foot of the screen, below a prompt that changes meanwhile. One thread reads; any may
 * {@link #show}.
 *
 * <p>JLine's reader does the work. This class adds a prompt that is no pattern and has colours, keys, and rows above the
 * prompt. A thread that draws never waits long for the lock of the reader.
 */
final class Editor extends LineReaderImpl {
    private static final long LOCK_MILLIS = 50;
    private static final String SUSPEND = "parley-suspend";

    private volatile AttributedString foot = AttributedString.EMPTY; // written under the reader's lock
    private volatile boolean typed; // set by the reading thread, cleared by takeTyped
    private volatile boolean left = true; // whether the screen is restored; written under the lock if possible
    private volatile boolean ended; // set once
    private boolean suspending; // the reading thread's
    private final Runnable resized;

    Editor(Terminal terminal, Completer completer, Parser parser, Runnable resized) {
        super(terminal, "parley", new HashMap<>());
        this.resized = resized;
        setCompleter(completer);
        setParser(parser);
        setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "  ");
        setVariable(LineReader.BELL_STYLE, "none");
        setVariable(LineReader.HISTORY_SIZE, 1_000);
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
            typed |= getBuffer().atChar(0) != '/';
            return done;
        });
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

    /** Switches to the alternate screen, unless {@link #end} was called, and draws. Any thread. */
    void enter() {
        lock.lock();
        try {
            if (!ended) {
                terminal.puts(Capability.enter_ca_mode);
                left = false;
            }
        } finally {
            lock.unlock();
        }
        resized.run();
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
    boolean show(AttributedString newFoot, List<AttributedString> rows) {
        return show(
                newFoot,
                rows.isEmpty()
                        ? null
                        : to -> rows.forEach(row -> to.append(ansi(row)).append('\n')));
    }

    /** Draws a page of rows, and the prompt below them; false if the lock was not free. */
    boolean showPage(AttributedString newFoot, List<AttributedString> rows, int height) {
        return show(newFoot, to -> {
            to.append("\u001B[H\u001B[J").append("\n".repeat(Math.max(0, height - rows.size())));
            rows.forEach(row -> to.append(ansi(row)).append('\n'));
        });
    }

    private String ansi(AttributedString row) {
        return row.toAnsi(terminal);
    }

    private boolean show(AttributedString newFoot, @Nullable Consumer<StringBuilder> above) {
        if (!tryLock()) {
            return false;
        }
        try {
            if (left) {
                return true;
            }
            foot = newFoot;
            prompt = newFoot;
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
        prompt = foot;
    }

    @Override
    protected void handleSignal(Terminal.Signal signal) {
        super.handleSignal(signal);
        if (signal == Terminal.Signal.WINCH || signal == Terminal.Signal.CONT) {
            resized.run();
        }
    }
}
