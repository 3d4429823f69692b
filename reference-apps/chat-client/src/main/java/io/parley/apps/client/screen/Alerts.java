package io.parley.apps.client.screen;

import io.parley.apps.client.screen.ScreenOptions.Notify;
import java.time.Clock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells a user who looks elsewhere of what is unread: with a bell, a notification, and the title of the window. The callback
 * thread only.
 *
 * <p>What others wrote goes into escape sequences here. It has no control characters then, and is short.
 */
final class Alerts {
    private static final long GAP_MILLIS = 1_000; // between two bells
    private static final int MAX_TITLE = 60;
    private static final int MAX_NOTIFICATION = 160;
    private static final String BELL = "\u0007";
    private static final String PROGRAM = "parley";

    private final Predicate<String> terminal;
    private final Clock clock;
    private final Notify known;
    private ScreenOptions options;
    private boolean focused; // whether the terminal says that it has the focus
    private boolean blurred; // whether it says that it has not; neither if it says nothing
    private @Nullable Long last; // when the last bell was
    private String shown = ""; // the title
    private int taken; // how often the screen was taken when it was written

    /**
     * Makes it.
     *
     * @param terminal writes a control sequence; false if it could not
     * @param known the notification that the terminal has
     */
    Alerts(Predicate<String> terminal, ScreenOptions options, Notify known, Clock clock) {
        this.terminal = terminal;
        this.options = options;
        this.known = known;
        this.clock = clock;
    }

    ScreenOptions options() {
        return options;
    }

    void options(ScreenOptions value) {
        if (options.title() && !value.title() && terminal.test(Editor.POP_TITLE + Editor.PUSH_TITLE)) {
            shown = "";
        }
        options = value;
    }

    /** The terminal has the focus, or lost it. */
    void focused(boolean value) {
        focused = value;
        blurred = !value;
    }

    boolean isFocused() {
        return focused;
    }

    boolean isBlurred() {
        return blurred;
    }

    /**
     * Somebody has said something to the user, just now.
     *
     * @param room where; empty for a direct message
     */
    void heard(String who, String room, String text) {
        long now = clock.millis();
        if (last != null && now - last < GAP_MILLIS && now >= last) {
            return;
        }
        StringBuilder sequence = new StringBuilder(options.bell() ? BELL : "");
        String words = harmless(who + (room.isEmpty() ? "" : " in " + room) + ": " + text, MAX_NOTIFICATION);
        switch (options.notification() == Notify.AUTO ? known : options.notification()) {
            // The word in front: some terminals take a number there for another command.
            case OSC9 ->
                sequence.append("\u001B]9;")
                        .append(PROGRAM)
                        .append(": ")
                        .append(words)
                        .append(BELL);
            case OSC777 ->
                sequence.append("\u001B]777;notify;")
                        .append(PROGRAM)
                        .append(';')
                        .append(words)
                        .append(BELL);
            case OFF, AUTO -> {
                // The bell alone.
            }
        }
        if (!sequence.isEmpty() && terminal.test(sequence.toString())) {
            last = now;
        }
    }

    /**
     * Shows in the title what is unread.
     *
     * @param room the room that is shown; empty for none
     * @param times how often the screen was taken; each time the terminal has its own title again
     */
    void title(int unread, String room, int times) {
        String title = (unread > 0 ? "(" + unread + ") " : "")
                + (room.isEmpty() ? "" : harmless(room, MAX_TITLE) + " - ")
                + PROGRAM;
        boolean same = title.equals(shown) && times == taken;
        if (options.title() && !same && terminal.test("\u001B]0;" + title + BELL)) {
            shown = title;
            taken = times;
        }
    }

    /** The text without characters that are not seen or end a sequence or a part of it, and cut. */
    static String harmless(String text, int max) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .map(point -> Character.isWhitespace(point) ? ' ' : point == ';' ? ',' : point)
                .filter(Alerts::isSeen)
                .limit(max)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
