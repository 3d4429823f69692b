package io.parley.apps.client.screen;

import io.parley.apps.client.input.Input;
import io.parley.apps.client.input.LineSource;
import io.parley.apps.client.input.Passwords;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.ScrollPosition;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.client.ChatRoom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles keys and typed lines: shows windows, scrolls, and passes commands on to the server. The callback thread only;
 * the thread that reads keys passes them to it.
 */
final class ScreenController {
    private static final int USAGE_CHARS = 33; // of /help

    private final WindowDisplay display;
    private final Windows windows;
    private final Pane pane;
    private final Keyboard keyboard;
    private final ConnectionStatus connection;
    private final HistoryLoader history;
    private final Look look;
    private @Nullable Place leaving; // the user asked to leave it
    private long leaveTicket; // of that command; if it failed, a later end of the room is another matter
    private final Deque<Join> joins = new ArrayDeque<>(); // the newest first; those that are done go with the next one
    private @Nullable Window joinedFrom; // they count while this window is shown
    private long last; // the ticket of the last line

    ScreenController(
            WindowDisplay display,
            Pane pane,
            Keyboard keyboard,
            ConnectionStatus connection,
            HistoryLoader history,
            Look look) {
        this.display = display;
        this.windows = display.windows();
        this.pane = pane;
        this.keyboard = keyboard;
        this.connection = connection;
        this.history = history;
        this.look = look;
    }

    /** Binds the keys, and begins to read lines. */
    void open(Editor editor, Executor callbacks) {
        new ScreenKeys(editor, callbacks).bind(display, pane, this::scroll, look::focused, look::answered);
        keyboard.start(
                editor,
                (input, passwords) -> callbacks.execute(() -> typed(input, passwords)),
                () -> callbacks.execute(() -> display.event("Ctrl-C once more, or Ctrl-D, says goodbye")));
    }

    private void typed(Input input, Passwords passwords) {
        windows.current().scroll(ScrollPosition.BOTTOM);
        pane.takeTyped(); // it is complete
        pane.changed();
        Place here = here();
        switch (input.verb()) {
            case SWITCH -> goTo(input.first());
            case JOIN -> {
                Window known = windows.find(new Place(input.first(), false));
                if (known != null && known.room() != null) {
                    display.show(known);
                } else {
                    join(input, false);
                }
            }
            case MSG, QUERY -> {
                Window known = windows.find(new Place(input.first(), true));
                if (known != null && known.room() != null) {
                    display.show(known);
                    send(input, known.place());
                } else {
                    // It opens when the server knows the user. Until then what is typed goes there, and never to a
                    // room.
                    join(input, true);
                }
            }
            case LEAVE -> leave(input.first(), here);
            case SAY, ME, TOPIC, HISTORY, KICK, BAN, UNBAN, MUTE, UNMUTE, ROLE, INVITE ->
                at(here, place -> send(input, place));
            case WHO, BANS -> {
                if (input.first().isEmpty()) {
                    at(here, place -> send(input, place));
                } else {
                    send(input, here);
                }
            }
            case HELP -> help();
            case SET -> set(input);
            case REGISTER, PASSWORD -> send(input, here, passwords);
            case QUIT -> keyboard.quit(!connection.isUp());
            default -> send(input, here);
        }
    }

    /** Where a line goes: to the window that is shown, or to the room that is shown when the server has answered. */
    private @Nullable Place here() {
        Window current = windows.current();
        Join newest = joins.peekFirst();
        return newest != null && current == joinedFrom && !keyboard.isDone(newest.ticket())
                ? newest.place()
                : current.place();
    }

    private void join(Input input, boolean direct) {
        long ticket = send(input, here());
        joins.removeIf(join -> windows.current() != joinedFrom || keyboard.isDone(join.ticket()));
        joins.addFirst(new Join(new Place(input.first(), direct), ticket));
        joinedFrom = windows.current();
    }

    /** A room was entered. Shows it if the user still waits for it, and did not change the window meanwhile. */
    void arrived(Window window, Place place) {
        boolean awaited = joins.isEmpty()
                ? windows.current() == windows.home()
                : windows.current() == joinedFrom && joins.stream().anyMatch(join -> place.equals(join.place()));
        if (awaited) {
            display.show(window);
            joinedFrom = window;
        }
    }

    /**
     * A room or conversation that the user asked for.
     *
     * @param ticket of the command; the user waits until that is done
     */
    private record Join(Place place, long ticket) {}

    private void at(@Nullable Place here, Consumer<Place> action) {
        if (here == null) {
            display.error("you are in no room; /join ROOM enters one");
        } else {
            action.accept(here);
        }
    }

    private long send(Input input, @Nullable Place here) {
        return send(input, here, Passwords.NOT_ASKED);
    }

    private long send(Input input, @Nullable Place here, Passwords passwords) {
        Window window = here == null ? null : windows.find(here);
        ChatRoom room = window == null ? null : window.room();
        boolean shown = input.verb().isMessage() && room != null && keyboard.isDone(last); // as pending
        String text = input.rest().isEmpty() ? input.first() : input.rest();
        if (!connection.isUp() && !shown) {
            display.event("that waits until you are back: " + text);
        } else if (connection.isLate() && !shown) {
            display.event("that waits until the server answers: " + text);
        }
        last = keyboard.queue(new LineSource.Typed(input, here, room, passwords));
        return last;
    }

    private void goTo(String word) {
        Window window = windows.match(word);
        if (window == null) {
            display.error("there is no window " + word + "; /join ROOM enters a room");
        } else {
            display.show(window);
        }
    }

    // ---- history

    private void scroll(int pages) {
        int by = Math.abs(pages) * pane.step();
        if (pages < 0) {
            pane.scrollDown(by);
            return;
        }
        Window window = windows.current();
        int missing = pane.scrollUp(by);
        ScrollPosition reached = window.scroll();
        if (pane.isAtTop()) {
            history.load(window, () -> {
                if (missing > 0 && window.scroll().equals(reached)) {
                    pane.scrollUp(missing);
                }
            });
        }
    }

    /** Shows history that the user asked for. */
    void showHistory(Window window, List<Line> lines) {
        window.prependOlder(lines);
        if (window == windows.current() && !lines.isEmpty()) {
            pane.scrollTo(window.indexOf(lines.get(0).seq()));
        }
    }

    // ---- leaving

    private void leave(String word, @Nullable Place here) {
        Window window = !word.isEmpty() ? windows.match(word) : here == null ? null : windows.find(here);
        if (window == null || window.place() == null) {
            display.error(word.isEmpty() ? "you are in no room" : "you are not in " + word);
        } else if (window.room() == null) {
            display.close(window);
        } else {
            leaving = window.place();
            leaveTicket = send(new Input(Input.Verb.LEAVE, "", ""), window.place());
        }
    }

    /** A room was left; returns whether the user asked for that. */
    boolean wasLeft(Place place) {
        boolean wanted = place.equals(leaving) && !keyboard.isDone(leaveTicket);
        if (wanted) {
            leaving = null;
        }
        return wanted;
    }

    void connectionLost() {
        if (keyboard.isQuitting()) {
            keyboard.quit(true);
        }
    }

    private void set(Input input) {
        try {
            if (!input.first().isEmpty()) {
                look.options(look.options().with(input.first(), input.rest()));
            }
            display.event(look.options().text());
        } catch (IllegalArgumentException wrong) {
            display.error(String.valueOf(wrong.getMessage()));
        }
    }

    private void help() {
        for (Input.Verb verb : Input.Verb.values()) {
            if (verb.isCommand()) {
                boolean fits = verb.usage().length() <= USAGE_CHARS;
                display.event(
                        fits
                                ? String.format("%-" + USAGE_CHARS + "s %s", verb.usage(), verb.description())
                                : verb.usage() + "\n" + verb.description());
            }
        }
        ScreenKeys.HELP.forEach(display::event);
    }
}
