package io.parley.gateway.line;

import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.LastMessage;
import io.parley.model.MyRoom;
import io.parley.model.RoomKind;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a search has found, and the rooms of an account, as lines. No state, for any thread. */
final class LineFound {
    private LineFound() {}

    static List<String> lines(DateTimeFormatter times, RoomKind kind, EntryPage page) {
        List<String> lines = new ArrayList<>();
        for (Entry.Sequenced entry : page.entries()) {
            String time = times.format(Instant.ofEpochMilli(entry.timeMillis()));
            LineEncoding.lines(kind, entry).forEach(line -> lines.add("[" + time + "] " + line));
        }
        int count = page.entries().size();
        lines.add("-- "
                + (count == 0
                        ? "Nothing was found"
                        : count == 1 ? "1 message was found" : count + " messages were found")
                + (page.more() ? "; there may be older ones." : "."));
        return lines;
    }

    /**
     * A room of an account, in a line.
     *
     * @param here whether its lines are shown: then all of them count as read
     */
    static String room(DateTimeFormatter times, MyRoom room, boolean here) {
        String name =
                room.kind() == RoomKind.DIRECT ? "with " + LineText.name(room.name()) : LineText.name(room.name());
        String unread = here ? "you are here" : room.unread() == 0 ? "nothing is unread" : room.unread() + " unread";
        String named = here || room.mentions() == 0 ? "" : ", " + room.mentions() + " with your name";
        LastMessage last = room.last();
        String newest = last == null
                ? ""
                : "; [" + times.format(Instant.ofEpochMilli(last.timeMillis())) + "] <"
                        + LineText.name(last.author().name()) + "> " + LineText.clean(last.text());
        return "-- " + name + ": " + unread + named + newest;
    }
}
