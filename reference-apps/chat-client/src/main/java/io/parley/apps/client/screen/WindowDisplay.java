package io.parley.apps.client.screen;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Line.Kind;
import io.parley.apps.client.window.ScrollPosition;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.client.ChatRoom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Changes windows and makes the pane draw what has changed. The callback thread only. */
final class WindowDisplay {
    private final Pane pane;
    private final Windows windows;
    private final Clock clock;

    WindowDisplay(Pane pane, Windows windows, Clock clock) {
        this.pane = pane;
        this.windows = windows;
        this.clock = clock;
    }

    Windows windows() {
        return windows;
    }

    /** Makes a line with the current time. */
    Line line(Kind kind, String text) {
        return new Line(clock.millis(), 0, kind, "", text);
    }

    /** The window of a place; opens it if there is none. If there are too many conversations, closes one. */
    Window open(Place place) {
        Window excess = place.direct() && windows.find(place) == null ? windows.excess() : null;
        if (excess != null) {
            closeExcess(excess);
        }
        return windows.open(place);
    }

    private void closeExcess(Window window) {
        ChatRoom room = window.room();
        if (room != null) {
            room.leave(); // the next message opens it again, with its history
        }
        close(window);
        String lost = window.unread() == 0 ? "" : ", with " + window.unread() + " unread";
        String text = "closed the conversation with " + window.name() + ", which was quiet longest" + lost;
        add(windows.home(), line(Kind.EVENT, text));
    }

    /** Renames a conversation, and merges it with the window that has that name. */
    void renamed(Window window, Place to) {
        if (windows.renamed(window, to)) {
            pane.changed();
        }
    }

    /** Adds a line that does not count as unread. */
    void add(Window window, Line line) {
        windows.touch(window);
        boolean whole = window.add(line);
        changed(window, whole);
    }

    /** Adds a message that is not said yet. */
    void addPending(Window window, long number, Line line) {
        windows.touch(window);
        showEntryLine(window);
        window.addPending(number, line);
        changed(window, false);
    }

    /**
     * Adds a line that counts as unread unless its window is shown.
     *
     * @param mention whether it mentions the user
     */
    void addUnread(Window window, Line line, boolean mention) {
        showEntryLine(window);
        add(window, line);
        if (window != windows.current()) {
            window.addUnread(line, mention || window.isDirect());
            pane.changedFoot();
        }
    }

    /** Adds a line of the history that the user has not read. */
    void addMissed(Window window, Line line, boolean mention) {
        add(window, line);
        if (window != windows.current()) {
            window.addUnread(line, mention || window.isDirect());
        } else {
            window.addMissed(line);
        }
        pane.changed();
    }

    /** A window has new lines; {@code whole} if other lines have changed as well. */
    void changed(Window window, boolean whole) {
        if (window == windows.current()) {
            if (whole) {
                pane.changed();
            } else {
                pane.changedFoot();
            }
        }
    }

    /** Adds the entry line, which waits for the history. */
    void showEntryLine(Window window) {
        Line line = window.takeEntryLine();
        if (line != null) {
            add(window, line);
        }
    }

    /** Adds a line to the window that is shown. */
    void addToCurrent(Line line) {
        showEntryLine(windows.current());
        add(windows.current(), line);
    }

    void event(String text) {
        addToCurrent(line(Kind.EVENT, text));
    }

    void error(String text) {
        addToCurrent(line(Kind.ERROR, text));
    }

    void show(@Nullable Window window) {
        if (window != null && window != windows.current()) {
            windows.current().scroll(ScrollPosition.BOTTOM);
            windows.show(window);
        }
        pane.changed();
    }

    void close(Window window) {
        if (windows.close(window)) {
            pane.changed();
        } else {
            pane.changedFoot();
        }
    }
}
