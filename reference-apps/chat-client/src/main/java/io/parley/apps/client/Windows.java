package io.parley.apps.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The windows in their order, and the one that is seen. The callbacks' thread alone. */
final class Windows {
    static final int MOST_CONVERSATIONS = 100;

    private final Window home = new Window(null);
    private final List<Window> places = new ArrayList<>();
    private Window current = home;
    private long happenings;

    Window current() {
        return current;
    }

    Window home() {
        return home;
    }

    /** Those of rooms and conversations; each is known by its place in this list, from 1 on. */
    List<Window> places() {
        return places;
    }

    @Nullable
    Window find(Place place) {
        return places.stream()
                .filter(window -> place.equals(window.place()))
                .findFirst()
                .orElse(null);
    }

    Window open(Place place) {
        Window known = find(place);
        if (known != null) {
            return known;
        }
        Window fresh = new Window(place);
        places.add(fresh);
        stir(fresh);
        return fresh;
    }

    /** Something happens in a window: no other was quiet for a shorter time. */
    void stir(Window window) {
        window.stir(++happenings);
    }

    /**
     * The conversation that has to go before there is another, if there are as many as there may be: the one that was
     * quiet longest, and one with something unread only if all have. The one that is seen stays.
     */
    @Nullable
    Window surplus() {
        List<Window> conversations = places.stream().filter(Window::isDirect).toList();
        return conversations.size() < MOST_CONVERSATIONS
                ? null
                : conversations.stream()
                        .filter(window -> window != current)
                        .min(Comparator.comparing((Window window) -> window.unread() > 0)
                                .thenComparingLong(Window::stirred))
                        .orElse(null);
    }

    /** A conversation goes on under another name; whether there was a window of that name, which is a part of it now. */
    boolean renamed(Window window, Place to) {
        Window namesake = find(to);
        window.renamed(to);
        if (namesake == null || namesake == window) {
            return false;
        }
        window.absorb(namesake);
        places.remove(namesake);
        if (current == window || current == namesake) {
            show(window);
        }
        return true;
    }

    /** A room or conversation by what somebody types: its name, the beginning of it, or its number. */
    @Nullable
    Window called(String word) {
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

    /** The window with a number; 0 is that of the connection. */
    @Nullable
    Window numbered(int number) {
        if (number == 0) {
            return home;
        }
        return number <= places.size() ? places.get(number - 1) : null;
    }

    void show(Window window) {
        current = window;
        window.read();
    }

    /** The one some steps further on, round and round. */
    Window beside(int step) {
        if (places.isEmpty()) {
            return home;
        }
        int at = places.indexOf(current);
        return places.get(Math.floorMod(at < 0 ? 0 : at + step, places.size()));
    }

    /** Where something is unread: first where this user was named. The current one if nothing is. */
    Window busiest() {
        return places.stream()
                .filter(Window::isCalled)
                .findFirst()
                .or(() -> places.stream().filter(window -> window.unread() > 0).findFirst())
                .orElse(current);
    }

    /** Removes a window; whether another one is seen now. */
    boolean close(Window window) {
        int at = places.indexOf(window);
        places.remove(window);
        if (window != current) {
            return false;
        }
        show(places.isEmpty() ? home : places.get(Math.max(0, at - 1)));
        return true;
    }
}
