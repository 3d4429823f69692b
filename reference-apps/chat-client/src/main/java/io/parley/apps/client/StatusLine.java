package io.parley.apps.client;

import io.parley.apps.terminal.Printable;
import io.parley.client.ChatRoom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The line between what was said and what is typed, the most important first. Any thread may call it. */
final class StatusLine {
    private StatusLine() {}

    /**
     * The line.
     *
     * @param link how the connection is
     * @param now milliseconds since 1970
     * @param width columns to fill
     */
    static String text(Windows windows, String link, long now, int width) {
        Window current = windows.current();
        List<String> parts = new ArrayList<>();
        parts.add(title(windows, current));
        parts.add(link);
        if (current.isScrolled()) {
            parts.add("scrolled back, " + (current.fresh() > 0 ? current.fresh() + " new below" : "PgDn returns"));
        }
        List<Window> places = windows.places();
        for (int i = 0; i < places.size(); i++) {
            Window other = places.get(i);
            if (other.unread() > 0) {
                parts.add((i + 1) + ":" + other.name() + " " + other.unread() + (other.isCalled() ? "!" : ""));
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
