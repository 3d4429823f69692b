package io.parley.apps.client;

import io.parley.apps.client.Line.Kind;
import io.parley.client.ChatRoom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The windows and the pane that shows one of them: puts lines into the one, has them drawn by the other. The callbacks' thread alone. */
final class Board {
    private final Pane pane;
    private final Windows windows;
    private final Clock clock;

    Board(Pane pane, Windows windows, Clock clock) {
        this.pane = pane;
        this.windows = windows;
        this.clock = clock;
    }

    Windows windows() {
        return windows;
    }

    /** A line about something that happens now. */
    Line line(Kind kind, String text) {
        return new Line(clock.millis(), 0, kind, "", text);
    }

    /** The window of a place. There is no end of people: for one too many the conversation that was quiet longest goes. */
    Window open(Place place) {
        Window surplus = place.direct() && windows.find(place) == null ? windows.surplus() : null;
        if (surplus != null) {
            giveUp(surplus);
        }
        return windows.open(place);
    }

    private void giveUp(Window window) {
        ChatRoom room = window.room();
        if (room != null) {
            room.leave(); // with the next word from either it begins again, with its past
        }
        close(window);
        String lost = window.unread() == 0 ? "" : ", with " + window.unread() + " unread";
        String text = "closed the conversation with " + window.name() + ", which was quiet longest" + lost;
        add(windows.home(), line(Kind.EVENT, text));
    }

    /** A conversation goes on under another name, in one window with what was said under that before. */
    void renamed(Window window, Place to) {
        if (windows.renamed(window, to)) {
            pane.changed();
        }
    }

    /** Adds a line that nobody has to be told of. */
    void add(Window window, Line line) {
        windows.stir(window);
        boolean anew = window.add(line);
        changed(window, anew);
    }

    /**
     * Adds a line that is unread where nobody looks.
     *
     * @param called whether it is for this user more than for others
     */
    void news(Window window, Line line, boolean called) {
        introduce(window);
        add(window, line);
        if (window != windows.current()) {
            window.unread(line, called || window.isDirect());
            pane.changedFoot();
        }
    }

    /** A window has more lines; {@code anew} if others have changed, too. */
    void changed(Window window, boolean anew) {
        if (window == windows.current()) {
            if (anew) {
                pane.changed();
            } else {
                pane.changedFoot();
            }
        }
    }

    /** Shows the line that was held back until what was said before is there. */
    void introduce(Window window) {
        Line line = window.introduce();
        if (line != null) {
            add(window, line);
        }
    }

    /** Shows something where it is seen now. */
    void tell(Line line) {
        introduce(windows.current());
        add(windows.current(), line);
    }

    void event(String text) {
        tell(line(Kind.EVENT, text));
    }

    void trouble(String text) {
        tell(line(Kind.TROUBLE, text));
    }

    void show(@Nullable Window window) {
        if (window != null && window != windows.current()) {
            windows.current().scroll(Spot.BOTTOM);
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
