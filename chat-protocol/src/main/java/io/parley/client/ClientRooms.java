package io.parley.client;

import io.parley.model.EndedMembership;
import io.parley.model.HeldMembership;
import io.parley.model.RoomKind;
import io.parley.model.Verdict;
import io.parley.wire.ClientFrame;
import io.parley.wire.Continue;
import io.parley.wire.Direct;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Resumed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.ServerFrame;
import io.parley.wire.Since;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that this client is in, and how it comes back to them over a new connection. The reader's thread alone, of one
 * connection after the other, but for {@link #enter}, which any thread may call.
 *
 * <p>A room is <i>inside</i> while its number is of the present session. When a new session has begun, all are <i>outside</i>
 * until they are entered again.
 */
final class ClientRooms {
    private static final int DEFAULT_BACKLOG = 50;
    private static final long RETRY_MILLIS = 1_000;

    private final Link link;
    private final ClientListener listener;
    private final Map<Integer, RoomView> inside = new LinkedHashMap<>(); // by number
    private final List<RoomView> outside = new ArrayList<>(0);
    private final Set<Integer> unwanted = new LinkedHashSet<>(); // entered, and nobody waits for them
    private @Nullable RoomView latest; // most frames belong to the room of the frame before

    ClientRooms(Link link, ClientListener listener) {
        this.link = link;
        this.listener = listener;
    }

    // ---- which there are

    @Nullable
    RoomView get(int number) {
        RoomView view = latest;
        if (view == null || view.number() != number) {
            view = inside.get(number);
            latest = view;
        }
        return view;
    }

    @Nullable
    RoomView remove(int number) {
        latest = null;
        return inside.remove(number);
    }

    private void add(int number, RoomView view) {
        latest = null;
        RoomView before = inside.put(number, view);
        if (before != null && !before.equals(view)) {
            before.replace();
        }
    }

    // ---- entering

    /** Asks to enter, and completes a future with the room. Who has given it up meanwhile is not left inside. */
    void enter(
            LongFunction<ClientFrame> request,
            @Nullable Since since,
            int backlog,
            RoomListener who,
            CompletableFuture<ChatRoom> future) {
        link.requests()
                .ask(new PendingRequests.Request(
                        request,
                        null,
                        PendingRequests.WhenLost.REPEAT,
                        reply -> joined((Joined) reply, since, backlog, who, future),
                        why -> link.callbacks().tell(() -> future.completeExceptionally(why))));
    }

    private void joined(
            Joined joined, @Nullable Since since, int backlog, RoomListener who, CompletableFuture<ChatRoom> future) {
        RoomSnapshot snapshot = joined.snapshot();
        if (future.isDone()) {
            unwanted(snapshot.room());
            return;
        }
        RoomView view = new RoomView(link, snapshot, who, backlog);
        add(snapshot.room(), view);
        view.enter(snapshot, joined.recovered(), since);
        leaveUnwanted();
        link.callbacks().tell(() -> {
            if (!future.complete(view.room())) {
                view.room().leave();
            }
        });
    }

    /** A room was entered and nobody waits for it any more. */
    void unwanted(int number) {
        unwanted.add(number);
        leaveUnwanted();
    }

    /** Leaves what nobody waits for; later, if somebody waits for a room: it may be one of these. */
    private void leaveUnwanted() {
        if (unwanted.isEmpty() || isEntering()) {
            return;
        }
        for (Integer number : unwanted) {
            if (!inside.containsKey(number)) {
                ask(id -> new Leave(id, number), reply -> {}, why -> {});
            }
        }
        unwanted.clear();
    }

    private boolean isEntering() {
        return !outside.isEmpty()
                || link.requests().has(Join.class)
                || link.requests().has(Direct.class);
    }

    /** Another has begun a conversation, or goes on with one. */
    void opened(RoomSnapshot snapshot) {
        if (!isOutside(snapshot.peer())) {
            announce(snapshot, true, snapshot.head());
        }
    }

    /** Whether a conversation is about to be entered again. */
    private boolean isOutside(long peer) {
        return outside.stream().anyMatch(view -> view.kind() == RoomKind.DIRECT && view.peer() == peer);
    }

    private void announce(RoomSnapshot snapshot, boolean recovered, long after) {
        RoomView view = new RoomView(link, snapshot, message -> {}, DEFAULT_BACKLOG);
        add(snapshot.room(), view);
        view.open(
                snapshot,
                recovered,
                after,
                () -> link.callbacks().tell(() -> view.listener(listener.onDirect(view.room()))));
    }

    // ---- coming back

    /** The connection is lost. */
    void lost() {
        unwanted.clear();
        inside.values().forEach(RoomView::lost);
        outside.forEach(RoomView::lost);
    }

    /** The session goes on: each membership is continued that is still there. */
    void resume(Resumed resumed) {
        for (EndedMembership ended : resumed.ended()) {
            RoomView view = remove(ended.room());
            if (view != null) {
                view.closed(ended.code(), ended.text());
            }
        }
        Set<Integer> held = resumed.held().stream().map(HeldMembership::room).collect(Collectors.toSet());
        for (Integer number : List.copyOf(inside.keySet())) {
            RoomView view = held.contains(number) ? null : remove(number);
            if (view != null) {
                view.closed();
            }
        }
        for (HeldMembership membership : resumed.held()) {
            RoomView view = get(membership.room());
            if (view != null) {
                goOn(view);
            } else if (membership.kind() == RoomKind.DIRECT) {
                goOn(membership);
            } else {
                unwanted(membership.room());
            }
        }
        outside.forEach(this::enterAgain);
    }

    /** A new session has begun: all rooms are entered anew. */
    void restart() {
        latest = null;
        outside.addAll(inside.values());
        inside.clear();
        outside.forEach(this::enterAgain);
    }

    private void goOn(RoomView view) {
        ask(
                id -> new Continue(id, view.number(), view.since(), view.backlog()),
                reply -> {
                    Joined joined = (Joined) reply;
                    if (!view.isClosed()) {
                        view.enterAgain(joined.snapshot(), joined.recovered());
                    }
                },
                why -> failed(view, why, () -> goOn(view)));
    }

    private void goOn(HeldMembership membership) {
        Since since = new Since(membership.epoch(), membership.from());
        ask(
                id -> new Continue(id, membership.room(), since, DEFAULT_BACKLOG),
                reply -> {
                    Joined joined = (Joined) reply;
                    RoomSnapshot snapshot = joined.snapshot();
                    if (get(snapshot.room()) == null && !isOutside(snapshot.peer())) {
                        announce(snapshot, joined.recovered(), membership.from());
                    }
                },
                why -> {
                    if (why.verdict() == Verdict.RETRY) {
                        link.later(Math.max(RETRY_MILLIS, why.retryAfterMillis()), () -> goOn(membership));
                    }
                });
    }

    private void enterAgain(RoomView view) {
        ask(
                id -> view.kind() == RoomKind.DIRECT
                        ? new Direct(id, view.peer(), view.since(), view.backlog())
                        : new Join(id, view.name(), view.since(), view.backlog(), ""),
                reply -> {
                    Joined joined = (Joined) reply;
                    RoomSnapshot snapshot = joined.snapshot();
                    if (outside.remove(view)) {
                        add(snapshot.room(), view);
                        view.enterAgain(snapshot, joined.recovered());
                        leaveUnwanted();
                    }
                },
                why -> failed(view, why, () -> enterAgain(view)));
    }

    private void ask(LongFunction<ClientFrame> request, Consumer<ServerFrame> answer, Consumer<ChatException> failure) {
        link.requests()
                .ask(new PendingRequests.Request(request, null, PendingRequests.WhenLost.FORGET, answer, failure));
    }

    private void failed(RoomView view, ChatException why, Runnable again) {
        if (why.verdict() == Verdict.RETRY) {
            link.later(Math.max(RETRY_MILLIS, why.retryAfterMillis()), () -> {
                if (!view.isClosed()) {
                    again.run();
                }
            });
        } else if (why.verdict() == Verdict.REFUSED || why.verdict() == Verdict.UNKNOWN) {
            outside.remove(view);
            inside.values().remove(view);
            latest = null;
            view.closed(why.code(), String.valueOf(why.getMessage()));
            leaveUnwanted();
        }
    }

    // ---- the end

    /** The client has ended. */
    void end(ChatException why) {
        List<RoomView> all = new ArrayList<>(inside.values());
        all.addAll(outside);
        all.forEach(view -> view.closed(why.code(), String.valueOf(why.getMessage())));
    }
}
