package io.parley.apps.client.screen;

import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Loads the history before the first line of a window, one page at a time. The callback thread only. */
final class HistoryLoader {
    private static final int PAGE = 100;

    private final Function<Message, Line> line;
    private final Pane pane;
    private final Windows windows;
    private final Set<Long> ignored = new HashSet<>(); // ids of users whose messages in rooms are left out
    private boolean loading;

    HistoryLoader(Function<Message, Line> line, Pane pane, Windows windows) {
        this.line = line;
        this.pane = pane;
        this.windows = windows;
    }

    /** Leaves the messages of a user out, or not any more. */
    void ignore(long user, boolean on) {
        if (on) {
            ignored.add(user);
        } else {
            ignored.remove(user);
        }
    }

    /** Whether the messages of a user are left out. */
    boolean isIgnored(long user) {
        return ignored.contains(user);
    }

    /**
     * Loads the next page, unless there is none or one is loading.
     *
     * @param then runs when there are lines of it
     */
    void load(Window window, Runnable then) {
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
                loaded(window, found, then);
            }
        });
    }

    private void loaded(Window window, HistoryResult found, Runnable then) {
        boolean direct = window.room() != null && window.room().isDirect();
        List<Line> lines = found.messages().stream()
                .filter(message -> direct
                        || message.own()
                        || !ignored.contains(message.author().id()))
                .map(line)
                .toList();
        window.prepend(lines, found.firstSeq(), found.more());
        if (lines.isEmpty()) {
            load(window, then); // the page had no messages, but changes of the topic, for example
        } else if (window == windows.current()) {
            pane.changed();
            then.run();
        }
    }
}
