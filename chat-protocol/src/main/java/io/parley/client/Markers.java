package io.parley.client;

import io.parley.client.PendingRequests.WhenLost;
import io.parley.wire.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server what was read: of each room at once, and then at most once a second, the newest number. In a busy room a marker may move
 * with each message, and a request for each would cost the server more than the messages. Any thread.
 */
final class Markers {
    private static final long REST_MILLIS = 1_000;

    /** A room of which the server was told within the last second. */
    private static final class Marker {
        long wanted;
        List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>(1);
    }

    private final Link link;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Link.Marked, Marker> resting = new HashMap<>(); // lock

    Markers(Link link) {
        this.link = link;
    }

    /** A room was read up to a number; completes when the server holds that, or a higher one. */
    CompletableFuture<@Nullable Void> read(Link.Marked view, long seq) {
        CompletableFuture<@Nullable Void> future = link.callbacks().future();
        boolean first;
        lock.lock();
        try {
            first = !resting.containsKey(view);
            Marker marker = resting.computeIfAbsent(view, room -> new Marker());
            marker.wanted = Math.max(marker.wanted, seq);
            marker.waiting.add(future);
        } finally {
            lock.unlock();
        }
        if (first) {
            tell(view);
            link.after(REST_MILLIS, () -> rested(view));
        }
        return future;
    }

    private void rested(Link.Marked view) {
        lock.lock();
        try {
            Marker marker = resting.get(view);
            if (marker == null || marker.waiting.isEmpty()) {
                resting.remove(view);
                return;
            }
        } finally {
            lock.unlock();
        }
        tell(view);
        link.after(REST_MILLIS, () -> rested(view));
    }

    private void tell(Link.Marked view) {
        long seq;
        List<CompletableFuture<@Nullable Void>> told;
        lock.lock();
        try {
            Marker marker = resting.get(view);
            if (marker == null || marker.waiting.isEmpty()) {
                return;
            }
            seq = marker.wanted;
            told = marker.waiting;
            marker.waiting = new ArrayList<>(1);
        } finally {
            lock.unlock();
        }
        link.requests()
                .ask(new PendingRequests.Request(
                        id -> new Read(id, view.number(), seq),
                        view.place(),
                        WhenLost.REPEAT,
                        reply -> {
                            view.read(seq);
                            link.callbacks().tell(() -> told.forEach(one -> one.complete(null)));
                        },
                        why -> link.callbacks().tell(() -> told.forEach(one -> one.completeExceptionally(why)))));
    }

    /** The client is about to end: what waits is told now. */
    void flush() {
        List<Link.Marked> rooms;
        lock.lock();
        try {
            rooms = List.copyOf(resting.keySet());
        } finally {
            lock.unlock();
        }
        rooms.forEach(this::tell);
    }
}
