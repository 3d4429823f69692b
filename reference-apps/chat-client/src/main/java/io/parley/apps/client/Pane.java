package io.parley.apps.client;

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
 * Draws the window that is seen, with the line of the status and the one to type in at its foot. The callbacks' thread
 * alone, but for {@link #close}.
 *
 * <p>What has changed is only noted; it is drawn once what that thread has to do before is done, so that a thousand
 * messages at once are one drawing. New lines are written below the old ones; everything else is a page drawn anew.
 */
final class Pane {
    private static final int FOOT = 2;
    private static final Size FALLBACK = Size.of(80, 24);

    private final Terminal terminal;
    private final Executor callbacks;
    private final Clock clock;
    private final Layout layout;
    private final Words words = new Words();
    private volatile @Nullable Editor editor; // from open on
    private Windows windows = new Windows();
    private Supplier<String> link = () -> "";
    private boolean drawing; // whether drawing has been asked for
    private boolean page = true; // whether all of it is to be drawn
    private int drawn; // lines of the window that are on the screen, or above it

    /**
     * Makes one; nothing is drawn before {@link #open}.
     *
     * @param colour whether there may be any
     */
    Pane(Terminal terminal, boolean colour, Executor callbacks, Clock clock) {
        this.terminal = terminal;
        this.callbacks = callbacks;
        this.clock = clock;
        Integer colours = colour ? terminal.getNumericCapability(Capability.max_colors) : Integer.valueOf(0);
        this.layout = new Layout(Palette.of(colours == null ? 0 : colours), ZoneId.systemDefault(), Locale.ENGLISH);
    }

    /**
     * Takes the screen.
     *
     * @param link how the connection is, in a few words
     */
    Editor open(Windows shown, Supplier<String> link) {
        this.windows = shown;
        this.link = link;
        Editor opened = new Editor(terminal, words, words, () -> callbacks.execute(this::changed));
        editor = opened;
        opened.enter();
        return opened;
    }

    Words words() {
        return words;
    }

    boolean takeTyped() {
        Editor opened = editor;
        return opened != null && opened.takeTyped();
    }

    // ---- what has changed

    /** Everything. */
    void changed() {
        page = true;
        soon();
    }

    /** The foot, and there may be more lines. */
    void changedFoot() {
        soon();
    }

    private void soon() {
        if (!drawing) {
            drawing = true;
            callbacks.execute(this::draw);
        }
    }

    /** Goes back by pages; whether the first of the lines is seen then. */
    boolean scroll(int pages) {
        Window window = windows.current();
        List<Line> lines = window.lines();
        int by = Math.abs(pages) * Math.max(1, height() - 1);
        Spot spot = pages > 0
                ? layout.up(lines, columns(), height(), window.scroll(), by)
                : layout.down(lines, columns(), window.scroll(), by);
        window.scroll(spot);
        changed();
        return layout.up(lines, columns(), height(), spot, 1).equals(spot);
    }

    /** Shows a line of the window that is seen at the top of a page, if it is not on the last one. */
    void reveal(int at) {
        Window window = windows.current();
        window.scroll(layout.from(window.lines(), columns(), height(), at));
        changed();
    }

    // ---- drawing

    private Size size() {
        try {
            return terminal.getSize();
        } catch (IllegalStateException closed) {
            return FALLBACK; // by another thread, just now
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
        drawing = false;
        Editor to = editor;
        if (to == null) {
            return;
        }
        Window window = windows.current();
        words.see(window.room(), windows.places().stream().map(Window::name).toList());
        int columns = columns();
        int height = height();
        List<Line> lines = window.lines();
        List<AttributedString> rows = new ArrayList<>();
        boolean back = window.isScrolled();
        if (!page && !back) {
            for (int at = drawn; at < lines.size() && rows.size() <= height; at++) {
                rows.addAll(layout.rows(lines.get(at), at == 0 ? null : lines.get(at - 1), columns));
            }
        }
        boolean whole = page || rows.size() > height;
        boolean done = whole
                ? to.showPage(foot(columns), layout.page(lines, columns, height, window.scroll()), height)
                : to.show(foot(columns), rows);
        page = !done && (whole || !rows.isEmpty());
        if (done && !back) {
            drawn = lines.size();
        }
    }

    private AttributedString foot(int columns) {
        // One column is left free: terminals differ about what a full row does.
        String status = StatusLine.text(windows, link.get(), clock.millis(), columns - 1);
        return new AttributedStringBuilder()
                .styled(layout.status(), status)
                .append("\n> ")
                .toAttributedString();
    }

    /** Gives the screen back as it was. Any thread, once. */
    void close() {
        Editor opened = editor;
        if (opened != null) {
            opened.end();
        }
        try {
            terminal.close();
        } catch (IOException gone) {
            // Then nobody sees it.
        }
    }
}
