package io.parley.apps.client;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what keys and lines ask for at a screen: goes from window to window, through what was said before, and hands on
 * what is for the server. The callbacks' thread alone; whoever reads the keys hands them to it.
 */
final class Desk {
    private static final List<String> KEYS = List.of(
            "Alt-1 ... Alt-9: to a room or conversation, Alt-0: to what is said of the connection; Ctrl-N, Ctrl-P: the next, the one before; Alt-A: unread",
            "PgUp, PgDn: through what was said before; Tab: completes; Up, Down, Ctrl-R: what you typed before",
            "Alt-Enter: a line break; Ctrl-L: draws anew; Ctrl-Z: stops for a while; Ctrl-D: says goodbye");

    private final Board board;
    private final Windows windows;
    private final Pane pane;
    private final Keyboard keyboard;
    private final Link link;
    private final Past past;
    private @Nullable Place leaving; // asked to be left by whoever types
    private @Nullable Place heading; // asked to be entered
    private long ticket; // of that; it is over when that is done
    private @Nullable Window from; // or when this is not seen any more

    Desk(Board board, Pane pane, Keyboard keyboard, Link link, Past past) {
        this.board = board;
        this.windows = board.windows();
        this.pane = pane;
        this.keyboard = keyboard;
        this.link = link;
        this.past = past;
    }

    /** Says what keys do, and has the lines read. */
    void open(Editor editor, Executor callbacks) {
        Keys keys = (name, action, codes) -> editor.bind("parley-" + name, () -> callbacks.execute(action), codes);
        keys.bind("next", () -> board.show(windows.beside(1)), "\u000E", "\u001B[1;3C");
        keys.bind("before", () -> board.show(windows.beside(-1)), "\u0010", "\u001B[1;3D");
        keys.bind("unread", () -> board.show(windows.busiest()), "\u001Ba");
        keys.bind("older", () -> scroll(1), "\u001B[5~");
        keys.bind("newer", () -> scroll(-1), "\u001B[6~");
        keys.bind("redraw", pane::changed, "\f");
        for (int number = 0; number <= 9; number++) {
            int which = number;
            keys.bind("" + number, () -> board.show(windows.numbered(which)), "\u001B" + number);
        }
        keyboard.start(
                editor,
                input -> callbacks.execute(() -> typed(input)),
                () -> callbacks.execute(() -> board.event("Ctrl-C once more, or Ctrl-D, says goodbye")));
    }

    /** Has keys do something. */
    @FunctionalInterface
    private interface Keys {
        void bind(String name, Runnable action, CharSequence... codes);
    }

    private void typed(Input input) {
        windows.current().scroll(Spot.BOTTOM);
        pane.takeTyped(); // it is not being typed any more
        pane.changed();
        Place here = here();
        switch (input.verb()) {
            case SWITCH -> goTo(input.first());
            case JOIN -> {
                Window known = windows.find(new Place(input.first(), false));
                if (known != null && known.room() != null) {
                    board.show(known);
                } else {
                    head(input);
                }
            }
            case MSG -> {
                // There at once, even if nobody is called that: what is typed next must never go to a room instead.
                Window conversation = board.open(new Place(input.first(), true));
                board.show(conversation);
                send(input, conversation.place());
            }
            case LEAVE -> leave(input.first(), here);
            case SAY, ME, TOPIC, HISTORY -> at(here, place -> send(input, place));
            case WHO -> {
                if (input.first().isEmpty()) {
                    at(here, place -> send(input, place));
                } else {
                    send(input, here);
                }
            }
            case HELP -> help();
            case QUIT -> keyboard.quit(!link.isUp());
            default -> send(input, here);
        }
    }

    /** Where a line goes: to what is seen, or what is to be seen as soon as the server has answered. */
    private @Nullable Place here() {
        Window current = windows.current();
        return current == from && !keyboard.isDone(ticket) ? heading : current.place();
    }

    private void head(Input input) {
        ticket = send(input, here());
        heading = new Place(input.first(), false);
        from = windows.current();
    }

    /** A room was entered; whether whoever types still waits for that, and has not gone elsewhere meanwhile. */
    boolean isAwaited(Place place) {
        return heading == null
                ? windows.current() == windows.home()
                : place.equals(heading) && windows.current() == from;
    }

    private void at(@Nullable Place here, Consumer<Place> action) {
        if (here == null) {
            board.trouble("you are in no room; /join ROOM enters one");
        } else {
            action.accept(here);
        }
    }

    private long send(Input input, @Nullable Place here) {
        if (!link.isUp()) {
            board.event("that waits until you are back: " + (input.rest().isEmpty() ? input.first() : input.rest()));
        }
        return keyboard.put(new Lines.Typed(input, here));
    }

    private void goTo(String word) {
        Window window = windows.called(word);
        if (window == null) {
            board.trouble("there is no window " + word + "; /join ROOM enters a room");
        } else {
            board.show(window);
        }
    }

    // ---- the past

    private void scroll(int pages) {
        Window window = windows.current();
        if (pane.scroll(pages) && pages > 0) {
            past.fetch(window);
        }
    }

    /** What was asked for of the past is there: goes to it. */
    void remembered(Window window, List<Line> lines) {
        window.remember(lines);
        if (window == windows.current() && !lines.isEmpty()) {
            pane.reveal(window.at(lines.get(0).seq()));
        }
    }

    // ---- leaving

    private void leave(String word, @Nullable Place here) {
        Window window = !word.isEmpty() ? windows.called(word) : here == null ? null : windows.find(here);
        if (window == null || window.place() == null) {
            board.trouble(word.isEmpty() ? "you are in no room" : "you are not in " + word);
        } else if (window.room() == null) {
            board.close(window);
        } else {
            leaving = window.place();
            send(new Input(Input.Verb.LEAVE, "", ""), window.place());
        }
    }

    /** A place is over; whether that is what whoever types wanted. */
    boolean wasLeft(Place place) {
        boolean wanted = place.equals(leaving);
        if (wanted) {
            leaving = null;
        }
        return wanted;
    }

    /** The connection is lost: nothing that was asked for is under way any more. */
    void interrupted() {
        leaving = null;
        if (keyboard.isLeaving()) {
            keyboard.quit(true);
        }
    }

    private void help() {
        for (Input.Verb verb : Input.Verb.values()) {
            if (verb.isCommand()) {
                board.event(String.format("%-16s %s", verb.usage(), verb.does()));
            }
        }
        KEYS.forEach(board::event);
    }
}
