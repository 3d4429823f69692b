package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.wire.ClientFrame;
import io.parley.wire.ServerFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for their one reply, or for a connection to be sent over. Any thread asks; the reader's thread
 * answers.
 */
final class PendingRequests {
    /** What becomes of a request when the connection is lost that it was sent over. */
    enum WhenLost {
        /** It is sent again over the next: it reads, or does no harm a second time. */
        REPEAT,
        /** It fails. */
        FAIL,
        /** It is forgotten: the client itself asked. Such a request is sent at once or not at all. */
        FORGET
    }

    private static final int MAX_UNSENT = 10_000;

    private final Link link;
    private final ReentrantLock lock = new ReentrantLock(); // before the connection's outbox lock
    private final TreeMap<Long, Call> calls = new TreeMap<>(); // by id; lock
    private int unsent; // of them; lock
    private boolean online; // lock
    private long lastId; // lock
    private @Nullable ChatException over; // lock

    /**
     * One request.
     *
     * @param request makes the frame for an id
     * @param place the room that it is for, or null
     * @param answer what to do with the reply, on the reader's thread
     * @param failure what to do when there is none: on the reader's thread when the server refuses, else on any
     */
    record Request(
            LongFunction<ClientFrame> request,
            @Nullable Place place,
            WhenLost whenLost,
            Consumer<ServerFrame> answer,
            Consumer<ChatException> failure) {}

    private static final class Call {
        final Request request;
        final long since;
        boolean sent; // lock

        Call(Request request, long since) {
            this.request = request;
            this.since = since;
        }
    }

    PendingRequests(Link link) {
        this.link = link;
    }

    /**
     * Sends a request whose result is a value.
     *
     * @param reader makes the result of the reply, on the reader's thread
     */
    <T extends @Nullable Object> CompletableFuture<T> ask(
            LongFunction<ClientFrame> request,
            @Nullable Place place,
            WhenLost whenLost,
            Function<ServerFrame, T> reader) {
        CompletableFuture<T> future = link.callbacks().future();
        ask(new Request(
                request,
                place,
                whenLost,
                reply -> {
                    T value = reader.apply(reply);
                    link.callbacks().tell(() -> future.complete(value));
                },
                why -> link.callbacks().tell(() -> future.completeExceptionally(why))));
        return future;
    }

    /** Sends a request, or keeps it until it can be sent. */
    void ask(Request request) {
        Call call = new Call(request, link.now());
        boolean now = request.whenLost() == WhenLost.FORGET;
        ChatException refused;
        lock.lock();
        try {
            refused = over;
            if (refused == null && unsent >= MAX_UNSENT) {
                refused = new ChatException(ErrorCode.OVERLOADED, "too much is waiting to be sent");
            }
            if (refused == null) {
                long id = ++lastId;
                calls.put(id, call);
                unsent++;
                refused = now || isReady(call) ? send(id, call) : null;
            }
        } finally {
            lock.unlock();
        }
        if (refused == null) {
            link.flush();
        } else {
            fail(call, refused);
        }
    }

    /** Whether a call can be sent; under the lock. */
    private boolean isReady(Call call) {
        Place place = call.request.place();
        return online && (place == null || place.isOver() || place.isIn(link.origin()));
    }

    /** Sends a call, or takes it away and says why it cannot be sent; under the lock, so that ids go out in order. */
    private @Nullable ChatException send(long id, Call call) {
        Place place = call.request.place();
        ChatException refused = null;
        if (place != null && place.isOver() && !place.isIn(link.origin())) {
            refused = new ChatException(ErrorCode.NOT_A_MEMBER, "this client is not in that room any more");
        } else {
            byte[] frame = call.request.request().apply(id).toBytes();
            if (link.mayBeSent(frame.length)) {
                call.sent = true;
                unsent--;
                link.queue(frame); // it only queues
            } else {
                refused = new ChatException(ErrorCode.TOO_LARGE, "that is longer than the server takes");
            }
        }
        if (refused != null) {
            unsent--;
            calls.remove(id);
        }
        return refused;
    }

    /** There is a connection: what waited is sent. */
    void resume() {
        lock.lock();
        try {
            online = true;
        } finally {
            lock.unlock();
        }
        sendReady();
    }

    /** Sends what waited and can be sent now. */
    void sendReady() {
        List<Runnable> failures = new ArrayList<>();
        lock.lock();
        try {
            for (Long id : List.copyOf(calls.keySet())) {
                Call call = calls.get(id);
                if (call != null && !call.sent && isReady(call)) {
                    ChatException refused = send(id, call);
                    if (refused != null) {
                        failures.add(() -> fail(call, refused));
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        failures.forEach(Runnable::run);
        link.flush();
    }

    /** The connection is lost. */
    void suspend() {
        List<Call> failed = new ArrayList<>();
        lock.lock();
        try {
            online = false;
            Iterator<Call> all = calls.values().iterator();
            while (all.hasNext()) {
                Call call = all.next();
                if (call.request.whenLost() == WhenLost.FORGET) {
                    all.remove();
                    unsent -= call.sent ? 0 : 1;
                } else if (call.sent && call.request.whenLost() == WhenLost.FAIL) {
                    all.remove();
                    failed.add(call);
                } else {
                    unsent += call.sent ? 1 : 0;
                    call.sent = false;
                }
            }
        } finally {
            lock.unlock();
        }
        ChatException lost =
                new ChatException(ChatException.NOT_CONNECTED, "the connection was lost before the answer");
        failed.forEach(call -> fail(call, lost));
    }

    private @Nullable Call take(long id) {
        lock.lock();
        try {
            Call call = calls.get(id);
            return call != null && call.sent ? calls.remove(id) : null;
        } finally {
            lock.unlock();
        }
    }

    /** A reply came; false if nobody waits for it. */
    boolean answer(long id, ServerFrame reply) {
        Call call = take(id);
        if (call != null) {
            try {
                call.request.answer().accept(reply);
            } catch (RuntimeException malformed) {
                fail(
                        call,
                        new ChatException(
                                ErrorCode.MALFORMED, "the server's answer cannot be: " + malformed.getMessage()));
                throw malformed;
            }
        }
        return call != null;
    }

    void fail(long id, ChatException why) {
        Call call = take(id);
        if (call != null) {
            fail(call, why);
        }
    }

    private static void fail(Call call, ChatException why) {
        call.request.failure().accept(why);
    }

    /** Whether there is a request that is sent again when the connection is lost, and makes frames of a kind. */
    boolean has(Class<? extends ClientFrame> type) {
        lock.lock();
        try {
            return calls.values().stream()
                    .filter(call -> call.request.whenLost() == WhenLost.REPEAT && call.request.place() == null)
                    .anyMatch(call -> type.isInstance(call.request.request().apply(1)));
        } finally {
            lock.unlock();
        }
    }

    /** Fails what was asked before a time. */
    void expire(long before) {
        List<Call> late = new ArrayList<>();
        lock.lock();
        try {
            calls.values().removeIf(call -> call.since - before < 0 && late.add(call));
            unsent -= (int) late.stream().filter(call -> !call.sent).count();
        } finally {
            lock.unlock();
        }
        late.forEach(call -> fail(
                call,
                call.sent
                        ? new ChatException(ErrorCode.TIMEOUT, "the server did not answer in time")
                        : new ChatException(ChatException.NOT_CONNECTED, "there was no connection in time")));
    }

    /** Fails everything, now and from now on. */
    void end(ChatException why) {
        List<Call> rest;
        lock.lock();
        try {
            over = why;
            rest = List.copyOf(calls.values());
            calls.clear();
            unsent = 0;
        } finally {
            lock.unlock();
        }
        rest.forEach(call -> fail(call, why));
    }
}
