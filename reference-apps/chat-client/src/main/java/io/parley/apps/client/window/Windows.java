package io.parley.apps.client.window;

import io.parley.apps.client.view.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The windows in their order, and the one that is shown. The callback thread only. */
public final class Windows {
    public static final int MAX_CONVERSATIONS = 100;

    private final Window home = new Window(null);
    private final List<Window> places = new ArrayList<>();
    private Window current = home;
    private long activity; // a count

    public Window current() {
        return current;
    }

    public Window home() {
        return home;
    }

    /** The windows of rooms and conversations. The number of a window is its position in this list, from 1. */
    public List<Window> places() {
        return places;
    }

    @Nullable
    public Window find(Place place) {
        return places.stream()
                .filter(window -> place.equals(window.place()))
                .findFirst()
                .orElse(null);
    }

    public Window open(Place place) {
        Window known = find(place);
        if (known != null) {
            return known;
        }
        Window fresh = new Window(place);
        places.add(fresh);
        touch(fresh);
        return fresh;
    }

    /** Notes activity in a window: it is the most recent one. */
    public void touch(Window window) {
        window.lastActivity(++activity);
    }

    /**
     * The conversation to close before another is opened; null if there are few enough. It is the one without activity
     * for the longest time. One with unread lines is chosen only if all have some, and never the one that is shown.
     */
    @Nullable
    public Window excess() {
        List<Window> conversations = places.stream().filter(Window::isDirect).toList();
        return conversations.size() < MAX_CONVERSATIONS
                ? null
                : conversations.stream()
                        .filter(window -> window != current)
                        .min(Comparator.comparing((Window window) -> window.unread() > 0)
                                .thenComparingLong(Window::lastActivity))
                        .orElse(null);
    }

    /** Renames a conversation. If there is a window of that name, the two are merged; returns whether they were. */
    public boolean renamed(Window window, Place to) {
        Window namesake = find(to);
        window.renamed(to);
        if (namesake == null || namesake == window) {
            return false;
        }
        window.merge(namesake);
        places.remove(namesake);
        if (current == window || current == namesake) {
            show(window);
        }
        return true;
    }

    /** The window that the user means: by its name, the start of its name, or its number. */
    @Nullable
    public Window match(String word) {
        if (word.matches("[0-9]{1,3}")) {
            return numbered(Integer.parseInt(word));
        }
        Window room = find(new Place(word, false));
        Window exact = room == null ? find(new Place(word, true)) : room;
        return exact != null
                ? exact
                : places.stream()
                        .filter(window ->
                                window.name().toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(null);
    }

    /** The window with a number; 0 is the window of the connection. */
    @Nullable
    public Window numbered(int number) {
        if (number == 0) {
            return home;
        }
        return number <= places.size() ? places.get(number - 1) : null;
    }

    public void show(Window window) {
        current = window;
        window.markRead();
    }

    /** The window some steps after the current one; the first follows the last. */
    public Window neighbour(int step) {
        if (places.isEmpty()) {
            return home;
        }
        int at = places.indexOf(current);
        return places.get(Math.floorMod(at < 0 ? 0 : at + step, places.size()));
    }

    /** The first window with an unread mention, else the first with unread lines, else the current one. */
    public Window nextUnread() {
        return places.stream()
                .filter(Window::isMentioned)
                .findFirst()
                .or(() -> places.stream().filter(window -> window.unread() > 0).findFirst())
                .orElse(current);
    }

    /** Removes a window; returns whether another one is shown now. */
    public boolean close(Window window) {
        int at = places.indexOf(window);
        places.remove(window);
        if (window != current) {
            return false;
        }
        show(places.isEmpty() ? home : places.get(Math.max(0, at - 1)));
        return true;
    }
}
