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
    private static final int NARROW = 50;

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
        boolean narrow = width < NARROW;
        parts.add(title(windows, current, !narrow || !(markAbove || current.isScrolled())));
        if (current.isScrolled()) {
            parts.add(below(current, !narrow));
        } else if (markAbove) {
            parts.add(narrow ? "-- unread above --" : "-- unread above, Alt-U --");
        }
        List<String> others = unread(windows.places());
        int before = narrow ? Math.min(others.size(), 2) : 0; // these do not fit behind the rest
        parts.addAll(others.subList(0, before));
        parts.add(connection);
        parts.addAll(others.subList(before, others.size()));
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
    private static String below(Window window, boolean counted) {
        int lines = window.scroll().lines() + (window.scroll().rows() > 0 ? 1 : 0);
        return "-- " + lines + " more below"
                + (counted && window.newBelow() > 0 ? ", " + window.newBelow() + " new" : "") + " --";
    }

    /** The windows with unread lines: number, name and count, with a mark if one is for the user. */
    private static List<String> unread(List<Window> places) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Window other = places.get(i);
            if (other.unread() > 0) {
                texts.add((i + 1) + ":" + other.name() + " " + other.unread() + (other.isMentioned() ? "!" : ""));
            }
        }
        return texts;
    }

    private static String title(Windows windows, Window current, boolean counted) {
        ChatRoom room = current.room();
        int number = windows.places().indexOf(current) + 1;
        if (number == 0) {
            return "no room, /join ROOM enters one";
        }
        String count = !counted || current.isDirect() || room == null ? "" : " (" + room.memberCount() + ")";
        return number + ":" + current.name() + count;
    }

    private static String typing(Collection<String> names) {
        return names.size() == 1
                ? names.iterator().next() + " is typing"
                : names.size() < 4 ? String.join(", ", names) + " are typing" : "several are typing";
    }
}
