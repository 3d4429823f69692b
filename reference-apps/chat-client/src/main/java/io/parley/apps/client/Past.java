package io.parley.apps.client;

import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import java.util.List;
import java.util.function.Function;

/** Fetches what was said before the first line of a window, a page at a time. The callbacks' thread alone. */
final class Past {
    private static final int PAGE = 100;

    private final Function<Message, Line> line;
    private final Pane pane;
    private final Windows windows;
    private boolean fetching;

    Past(Function<Message, Line> line, Pane pane, Windows windows) {
        this.line = line;
        this.pane = pane;
        this.windows = windows;
    }

    /** Asks for more unless there is none, or it is being asked for. */
    void fetch(Window window) {
        ChatRoom room = window.room();
        if (fetching || room == null || !window.hasMore()) {
            return;
        }
        fetching = true;
        long before = window.oldest();
        room.historyBefore(before, PAGE).whenComplete((found, failed) -> {
            fetching = false;
            // Meanwhile the window may have let go of lines, or its room may be another.
            if (found != null && window.room() == room && window.oldest() == before) {
                fetched(window, found);
            }
        });
    }

    private void fetched(Window window, HistoryResult found) {
        List<Line> lines = found.messages().stream().map(line).toList();
        window.prepend(lines, found.firstSeq(), found.more());
        if (lines.isEmpty()) {
            fetch(window); // these were no messages, but changes of the topic, say
        } else if (window == windows.current()) {
            pane.changed();
        }
    }
}
