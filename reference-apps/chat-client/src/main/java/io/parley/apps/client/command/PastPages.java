package io.parley.apps.client.command;

import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Collects the last messages of a room: the server gives a page at a time. Any thread may call it. */
final class PastPages {
    static final int MAX_MESSAGES = 10_000;

    private PastPages() {}

    /**
     * The last messages before a number, in their order, as far as the server has them.
     *
     * @param before the number; 0 for the newest
     * @param count how many at most
     */
    static CompletableFuture<List<Message>> last(ChatRoom room, long before, int count) {
        return collect(room, before, Math.min(MAX_MESSAGES, count), List.of());
    }

    private static CompletableFuture<List<Message>> collect(
            ChatRoom room, long before, int count, List<Message> later) {
        return room.historyBefore(before, count - later.size()).thenCompose(page -> {
            List<Message> found = new ArrayList<>(page.messages());
            found.addAll(later);
            return hasMore(page) && found.size() < count
                    ? collect(room, page.firstSeq(), count, found)
                    : CompletableFuture.completedFuture(found);
        });
    }

    private static boolean hasMore(HistoryResult page) {
        return page.more() && page.firstSeq() > 0;
    }
}
