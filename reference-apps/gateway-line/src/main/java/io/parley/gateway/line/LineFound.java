package io.parley.gateway.line;

import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomKind;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a search has found, as lines. No state, for any thread. */
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
}
