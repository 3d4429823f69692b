package io.parley.apps.client.screen;

import io.parley.apps.client.window.Windows;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;

/** The keys of the screen besides those of the input line. The callback thread runs what they do. */
final class ScreenKeys {
    /** The description of the keys for the user. */
    static final List<String> HELP = List.of(
            "Alt-1 ... Alt-9: to a room or conversation, Alt-0: to what is said of the connection; Ctrl-N, Ctrl-P: the next, the one before",
            "PgUp, PgDn: through what was said before; Ctrl-End, or End on an empty line: to the newest",
            "Alt-U: to the first unread line; Alt-A: to the next room with unread lines",
            "Tab: completes; Up, Down, Ctrl-R: what you typed before",
            "Alt-Enter: a line break; Ctrl-L: draws anew; Ctrl-Z: stops for a while; Ctrl-D: says goodbye");

    private final Editor editor;
    private final Executor callbacks;

    ScreenKeys(Editor editor, Executor callbacks) {
        this.editor = editor;
        this.callbacks = callbacks;
    }

    /**
     * Binds the keys.
     *
     * @param scroll scrolls back by a number of pages
     * @param focus is told whether the terminal has the focus
     * @param answer receives what is no key: what the terminal answers
     */
    void bind(WindowDisplay display, Pane pane, IntConsumer scroll, Consumer<Boolean> focus, Consumer<String> answer) {
        Windows windows = display.windows();
        bind("next", () -> display.show(windows.neighbour(1)), "\u000E", "\u001B[1;3C");
        bind("before", () -> display.show(windows.neighbour(-1)), "\u0010", "\u001B[1;3D");
        bind("unread", () -> display.show(windows.nextUnread()), "\u001Ba");
        bind("older", () -> scroll.accept(1), "\u001B[5~");
        bind("newer", () -> scroll.accept(-1), "\u001B[6~");
        bind("newest", pane::scrollToBottom, "\u001B[1;5F", "\u001B[8^"); // Ctrl-End, also rxvt's
        editor.bindWhereEmpty(
                "parley-end",
                () -> callbacks.execute(pane::scrollToBottom),
                LineReader.END_OF_LINE,
                "\u001B[F",
                "\u001BOF",
                "\u001B[4~",
                "\u001B[8~");
        bind("mark", pane::scrollToMark, "\u001Bu");
        bind("redraw", pane::changed, "\f");
        for (int number = 0; number <= 9; number++) {
            int which = number;
            bind("" + number, () -> display.show(windows.numbered(which)), "\u001B" + number);
        }
        bind("focus", () -> focus.accept(true), LineReaderImpl.FOCUS_IN_SEQ);
        bind("blur", () -> focus.accept(false), LineReaderImpl.FOCUS_OUT_SEQ);
        editor.bindUnknown(sequence -> callbacks.execute(() -> answer.accept(sequence)));
    }

    private void bind(String name, Runnable action, CharSequence... codes) {
        editor.bind("parley-" + name, () -> callbacks.execute(action), codes);
    }
}
