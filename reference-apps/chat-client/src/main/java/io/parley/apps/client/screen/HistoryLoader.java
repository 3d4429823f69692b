package io.parley.apps.client.screen;

import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import java.util.List;
import java.util.function.Function;

/** Loads the history before the first line of a window, one page at a time. The callback thread only. */
final class HistoryLoader {
    private static final int PAGE = 100;

    private final Function<Message, Line> line;
    private final Pane pane;
    private final Windows windows;
    private boolean loading;

    HistoryLoader(Function<Message, Line> line, Pane pane, Windows windows) {
        this.line = line;
        this.pane = pane;
        this.windows = windows;
    }

    /** Loads the next page, unless there is none or one is loading. */
    void load(Window window) {
        ChatRoom room = window.room();
        if (loading || room == null || !window.hasMore()) {
            return;
        }
        loading = true;
        long before = window.oldest();
        room.historyBefore(before, PAGE).whenComplete((found, failed) -> {
            loading = false;
            // Meanwhile the window may have removed lines, or its room may have changed.
            if (found != null && window.room() == room && window.oldest() == before) {
                loaded(window, found);
            }
        });
    }

    private void loaded(Window window, HistoryResult found) {
        List<Line> lines = found.messages().stream().map(line).toList();
        window.prepend(lines, found.firstSeq(), found.more());
        if (lines.isEmpty()) {
            load(window); // the page had no messages, but changes of the topic, for example
        } else if (window == windows.current()) {
            pane.changed();
        }
    }
}
