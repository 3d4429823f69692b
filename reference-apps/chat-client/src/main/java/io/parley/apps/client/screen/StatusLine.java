package io.parley.apps.client.screen;

import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.apps.terminal.Printable;
import io.parley.client.ChatRoom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The text of the status line, the most important parts first. Any thread may call it. */
final class StatusLine {
    private StatusLine() {}

    /**
     * Makes the text.
     *
     * @param connection the state of the connection
     * @param markAbove whether the first unread line is above the page
     * @param now milliseconds since 1970
     * @param width columns to fill
     */
    static String text(Windows windows, String connection, boolean markAbove, long now, int width) {
        Window current = windows.current();
        List<String> parts = new ArrayList<>();
        parts.add(title(windows, current));
        if (current.isScrolled()) {
            parts.add(below(current));
        } else if (markAbove) {
            parts.add("-- unread above, Alt-U --");
        }
        parts.add(connection);
        List<Window> places = windows.places();
        for (int i = 0; i < places.size(); i++) {
            Window other = places.get(i);
            if (other.unread() > 0) {
                parts.add((i + 1) + ":" + other.name() + " " + other.unread() + (other.isMentioned() ? "!" : ""));
            }
        }
        Collection<String> typists = current.typists(now);
        if (!typists.isEmpty()) {
            parts.add(typing(typists));
        }
        ChatRoom room = current.room();
        if (room != null && !room.topic().isEmpty()) {
            parts.add(room.topic());
        }
        String text = Wrapping.cut(" " + Printable.of(String.join(" · ", parts)), width);
        return text + " ".repeat(Math.max(0, width - Wrapping.width(text)));
    }

    /** What is said in place of the lines below the page. */
    private static String below(Window window) {
        int lines = window.scroll().lines() + (window.scroll().rows() > 0 ? 1 : 0);
        return "-- " + lines + " more below" + (window.newBelow() > 0 ? ", " + window.newBelow() + " new" : "") + " --";
    }

    private static String title(Windows windows, Window current) {
        ChatRoom room = current.room();
        int number = windows.places().indexOf(current) + 1;
        if (number == 0) {
            return "no room, /join ROOM enters one";
        }
        String count = current.isDirect() || room == null ? "" : " (" + room.memberCount() + ")";
        return number + ":" + current.name() + count;
    }

    private static String typing(Collection<String> names) {
        return names.size() == 1
                ? names.iterator().next() + " is typing"
                : names.size() < 4 ? String.join(", ", names) + " are typing" : "several are typing";
    }
}
