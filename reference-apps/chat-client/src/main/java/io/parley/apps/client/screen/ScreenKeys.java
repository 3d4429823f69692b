package io.parley.apps.client.screen;

import io.parley.apps.client.window.Windows;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** The keys of the screen besides those of the input line. The callback thread runs what they do. */
final class ScreenKeys {
    /** The description of the keys for the user. */
    static final List<String> HELP = List.of(
            "Alt-1 ... Alt-9: to a room or conversation, Alt-0: to what is said of the connection; Ctrl-N, Ctrl-P: the next, the one before; Alt-A: unread",
            "PgUp, PgDn: through what was said before; Tab: completes; Up, Down, Ctrl-R: what you typed before",
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
     */
    void bind(WindowDisplay display, Pane pane, IntConsumer scroll) {
        Windows windows = display.windows();
        bind("next", () -> display.show(windows.neighbour(1)), "\u000E", "\u001B[1;3C");
        bind("before", () -> display.show(windows.neighbour(-1)), "\u0010", "\u001B[1;3D");
        bind("unread", () -> display.show(windows.nextUnread()), "\u001Ba");
        bind("older", () -> scroll.accept(1), "\u001B[5~");
        bind("newer", () -> scroll.accept(-1), "\u001B[6~");
        bind("redraw", pane::changed, "\f");
        for (int number = 0; number <= 9; number++) {
            int which = number;
            bind("" + number, () -> display.show(windows.numbered(which)), "\u001B" + number);
        }
    }

    private void bind(String name, Runnable action, CharSequence... codes) {
        editor.bind("parley-" + name, () -> callbacks.execute(action), codes);
    }
}
