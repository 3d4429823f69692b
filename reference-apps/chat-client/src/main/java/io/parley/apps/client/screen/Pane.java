package io.parley.apps.client.screen;

import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.ScrollPosition;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * Draws the current window, with the status line and the input line at its foot. The callback thread only, except for
 * {@link #close}.
 *
 * <p>A change only schedules a drawing, which runs after the callbacks that wait already, so that a thousand messages at
 * once are drawn once. New lines are written below the old ones; after any other change the page is drawn as a whole.
 */
public final class Pane {
    private static final int FOOT = 2;
    private static final Size FALLBACK = Size.of(80, 24);

    private final Terminal terminal;
    private final Executor callbacks;
    private final Clock clock;
    private final int colours;
    private final InputCompleter completer = new InputCompleter();
    private volatile @Nullable Editor editor; // from open on
    private Layout layout;
    private Runnable drawing = () -> {};
    private Windows windows = new Windows();
    private Supplier<String> connection = () -> "";
    private boolean scheduled; // whether a drawing is scheduled
    private boolean whole = true; // whether to draw the page as a whole
    private int drawn; // lines of the window that are on the screen or above it

    /**
     * Makes a pane; it draws nothing before {@link #open}.
     *
     * @param colour whether to use colours
     */
    public Pane(Terminal terminal, boolean colour, Executor callbacks, Clock clock) {
        this.terminal = terminal;
        this.callbacks = callbacks;
        this.clock = clock;
        Integer known = colour ? terminal.getNumericCapability(Capability.max_colors) : null;
        this.colours = known == null ? 0 : known;
        this.layout = new Layout(Palette.of(0, Background.AUTO), ZoneId.systemDefault(), Locale.ENGLISH);
    }

    /**
     * Switches to the alternate screen.
     *
     * @param connection describes the connection in a few words
     * @param drawing runs before each drawing
     */
    Editor open(Windows shown, Supplier<String> connection, Runnable drawing) {
        this.windows = shown;
        this.connection = connection;
        this.drawing = drawing;
        Editor opened = new Editor(terminal, completer, completer, () -> callbacks.execute(this::changed));
        editor = opened;
        opened.enter();
        return opened;
    }

    /** Takes the colours for a background; none if it is not known, which is AUTO. */
    void background(Background background) {
        layout = layout.with(Palette.of(colours, background));
        changed();
    }

    /** Whether the terminal has colours that depend on the background alone. */
    boolean hasColours() {
        return Palette.of(colours, Background.DARK).isColoured();
    }

    /** Writes control sequences that draw nothing; false if that was not possible. */
    boolean control(String sequences) {
        Editor opened = editor;
        return opened != null && opened.control(sequences);
    }

    /** How often the screen was taken: at the start, and after each stop. */
    int timesTaken() {
        Editor opened = editor;
        return opened == null ? 0 : opened.timesTaken();
    }

    /** Puts a text into the line that is typed, if that is empty. */
    void offer(String text) {
        Editor opened = editor;
        if (opened != null) {
            opened.offer(text);
        }
    }

    InputCompleter completer() {
        return completer;
    }

    boolean takeTyped() {
        Editor opened = editor;
        return opened != null && opened.takeTyped();
    }

    // ---- what has changed

    /** Any line may have changed. */
    void changed() {
        whole = true;
        schedule();
    }

    /** The foot has changed, and there may be new lines. */
    void changedFoot() {
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            callbacks.execute(this::draw);
        }
    }

    /** The rows by which a page is scrolled: one less than it has. */
    int step() {
        return Math.max(1, height() - 1);
    }

    /** Scrolls back by rows, as far as there are any; returns how many there were not. */
    int scrollUp(int by) {
        Window window = windows.current();
        int moved = layout.above(window.lines(), columns(), height(), window.scroll(), by);
        window.scroll(layout.up(window.lines(), columns(), height(), window.scroll(), by));
        changed();
        return by - moved;
    }

    /** Scrolls by rows to what is newer, or to the bottom. */
    void scrollDown(int by) {
        Window window = windows.current();
        window.scroll(layout.down(window.lines(), columns(), window.scroll(), by));
        changed();
    }

    /** Whether the first line is on the page. */
    boolean isAtTop() {
        Window window = windows.current();
        return layout.above(window.lines(), columns(), height(), window.scroll(), 1) == 0;
    }

    /** Scrolls to the mark before the unread lines that the user has not seen. */
    void scrollToMark() {
        int mark = windows.current().unseenMark();
        if (mark >= 0) {
            scrollTo(mark);
        }
    }

    /** Whether the mark before the unread lines is above the page. Notes that it is seen if it is on it. */
    private boolean isMarkAbove(int columns, int height) {
        Window window = windows.current();
        List<Line> lines = window.lines();
        int mark = window.unseenMark();
        if (mark < 0 || window.scroll().lines() >= lines.size() - mark) {
            return false; // there is none, or it is below
        }
        int end = lines.size() - window.scroll().lines();
        boolean above = end - mark > height
                || layout.page(
                                        lines.subList(mark, end),
                                        columns,
                                        height + 1,
                                        new ScrollPosition(0, window.scroll().rows()))
                                .size()
                        > height;
        if (!above) {
            window.markSeen();
        }
        return above;
    }

    void scrollToBottom() {
        windows.current().scroll(ScrollPosition.BOTTOM);
        changed();
    }

    /** Scrolls to a line: to the top of the page, or to the last page if it is there. */
    void scrollTo(int at) {
        Window window = windows.current();
        window.scroll(layout.from(window.lines(), columns(), height(), at));
        changed();
    }

    // ---- drawing

    private Size size() {
        try {
            return terminal.getSize();
        } catch (IllegalStateException closed) {
            return FALLBACK; // closed by another thread
        }
    }

    private int columns() {
        int columns = size().getColumns();
        return columns > 0 ? columns : FALLBACK.getColumns();
    }

    private int height() {
        int rows = size().getRows();
        return Math.max(1, (rows > 0 ? rows : FALLBACK.getRows()) - FOOT);
    }

    private void draw() {
        scheduled = false;
        Editor to = editor;
        if (to == null) {
            return;
        }
        drawing.run();
        Window window = windows.current();
        completer.current(
                window.room(), windows.places().stream().map(Window::name).toList());
        int columns = columns();
        int height = height();
        List<Line> lines = window.lines();
        List<AttributedString> rows = new ArrayList<>();
        boolean back = window.isScrolled();
        if (!whole && !back) {
            for (int at = drawn; at < lines.size() && rows.size() <= height; at++) {
                rows.addAll(layout.rows(lines.get(at), at == 0 ? null : lines.get(at - 1), columns));
            }
        }
        boolean page = whole || rows.size() > height;
        boolean markAbove = isMarkAbove(columns, height);
        boolean done = page
                ? to.showPage(status(columns, markAbove), layout.page(lines, columns, height, window.scroll()), height)
                : to.show(status(columns, markAbove), rows);
        whole = !done && (page || !rows.isEmpty());
        if (done && !back) {
            drawn = lines.size();
        }
    }

    private AttributedString status(int columns, boolean markAbove) {
        // One column stays free: terminals differ in what they do after the last column.
        String status = StatusLine.text(windows, connection.get(), markAbove, clock.millis(), columns - 1);
        return new AttributedStringBuilder().styled(layout.status(), status).toAttributedString();
    }

    /** Restores the screen. Any thread, once. */
    void close() {
        Editor opened = editor;
        if (opened != null) {
            opened.end();
        }
        try {
            terminal.close();
        } catch (IOException gone) {
            // The terminal is gone.
        }
    }
}
