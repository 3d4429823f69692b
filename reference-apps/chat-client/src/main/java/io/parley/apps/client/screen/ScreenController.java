package io.parley.apps.client.screen;

import io.parley.apps.client.input.Input;
import io.parley.apps.client.input.LineSource;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.ScrollPosition;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.client.ChatRoom;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles keys and typed lines: shows windows, scrolls, and passes commands on to the server. The callback thread only;
 * the thread that reads keys passes them to it.
 */
final class ScreenController {
    private final WindowDisplay display;
    private final Windows windows;
    private final Pane pane;
    private final Keyboard keyboard;
    private final ConnectionStatus connection;
    private final HistoryLoader history;
    private @Nullable Place leaving; // the user asked to leave it
    private long leaveTicket; // of that command; if it failed, a later end of the room is another matter
    private @Nullable Place joining; // the user asked to join it
    private long joinTicket; // of that command; it is over when the command is done
    private long last; // the ticket of the last line
    private @Nullable Window joinedFrom; // or when this window is not shown any more

    ScreenController(
            WindowDisplay display, Pane pane, Keyboard keyboard, ConnectionStatus connection, HistoryLoader history) {
        this.display = display;
        this.windows = display.windows();
        this.pane = pane;
        this.keyboard = keyboard;
        this.connection = connection;
        this.history = history;
    }

    /** Binds the keys, and begins to read lines. */
    void open(Editor editor, Executor callbacks) {
        new ScreenKeys(editor, callbacks).bind(display, pane, this::scroll);
        keyboard.start(
                editor,
                input -> callbacks.execute(() -> typed(input)),
                () -> callbacks.execute(() -> display.event("Ctrl-C once more, or Ctrl-D, says goodbye")));
    }

    private void typed(Input input) {
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
                    join(input);
                }
            }
            case MSG -> {
                // Open it now, even if there is no such user: the next line must never go to a room instead.
                Window conversation = display.open(new Place(input.first(), true));
                display.show(conversation);
                send(input, conversation.place());
            }
            case QUERY -> {
                Window conversation = display.open(new Place(input.first(), true));
                display.show(conversation);
                send(input, conversation.place());
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
            case QUIT -> keyboard.quit(!connection.isUp());
            default -> send(input, here);
        }
    }

    /** Where a line goes: to the window that is shown, or to the room that is shown when the server has answered. */
    private @Nullable Place here() {
        Window current = windows.current();
        return current == joinedFrom && !keyboard.isDone(joinTicket) ? joining : current.place();
    }

    private void join(Input input) {
        joinTicket = send(input, here());
        joining = new Place(input.first(), false);
        joinedFrom = windows.current();
    }

    /** Whether the user still waits for a room that was entered, and did not change the window meanwhile. */
    boolean isAwaited(Place place) {
        return joining == null
                ? windows.current() == windows.home()
                : place.equals(joining) && windows.current() == joinedFrom;
    }

    private void at(@Nullable Place here, Consumer<Place> action) {
        if (here == null) {
            display.error("you are in no room; /join ROOM enters one");
        } else {
            action.accept(here);
        }
    }

    private long send(Input input, @Nullable Place here) {
        Window window = here == null ? null : windows.find(here);
        ChatRoom room = window == null ? null : window.room();
        boolean shown = input.verb().isMessage() && room != null && keyboard.isDone(last); // as pending
        if (!connection.isUp() && !shown) {
            display.event("that waits until you are back: " + (input.rest().isEmpty() ? input.first() : input.rest()));
        }
        last = keyboard.queue(new LineSource.Typed(input, here, room));
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
        Window window = windows.current();
        if (pane.scroll(pages) && pages > 0) {
            history.load(window);
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

    private void help() {
        for (Input.Verb verb : Input.Verb.values()) {
            if (verb.isCommand()) {
                display.event(String.format("%-33s %s", verb.usage(), verb.description()));
            }
        }
        ScreenKeys.HELP.forEach(display::event);
    }
}
