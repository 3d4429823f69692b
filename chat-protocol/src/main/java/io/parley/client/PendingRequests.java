package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.wire.ClientFrame;
import io.parley.wire.ServerFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The requests that wait for their one reply. Any thread asks; the reader's thread answers. */
final class PendingRequests {
    private final Link link;
    private final ReentrantLock lock = new ReentrantLock(); // before the session's outbox lock
    private final Map<Long, Call<?>> waiting = new HashMap<>(); // lock
    private long lastId; // lock
    private @Nullable ChatException over; // lock

    /** One request. */
    private final class Call<T> {
        final CompletableFuture<T> future = new CompletableFuture<>();
        final Function<ServerFrame, T> reader;
        final Consumer<ChatException> onFailure;
        final long since;

        Call(Function<ServerFrame, T> reader, Consumer<ChatException> onFailure, long since) {
            this.reader = reader;
            this.onFailure = onFailure;
            this.since = since;
        }

        void answer(ServerFrame reply) {
            T value;
            try {
                value = reader.apply(reply);
            } catch (RuntimeException malformed) {
                fail(new ChatException(
                        ErrorCode.MALFORMED, "the server's answer cannot be: " + malformed.getMessage()));
                throw malformed;
            }
            link.callbacks().tell(() -> future.complete(value));
        }

        void fail(ChatException why) {
            onFailure.accept(why);
            link.callbacks().tell(() -> future.completeExceptionally(why));
        }
    }

    PendingRequests(Link link) {
        this.link = link;
    }

    /**
     * Sends a request.
     *
     * @param request makes the frame for an id
     * @param reader makes the result of the reply, on the reader's thread
     */
    <T> CompletableFuture<T> ask(LongFunction<ClientFrame> request, Function<ServerFrame, T> reader) {
        return ask(request, reader, why -> {});
    }

    /**
     * Sends a request.
     *
     * @param onFailure called at once when it fails: on the reader's thread when the server refuses, on the timer's when
     *     there is no answer
     */
    <T> CompletableFuture<T> ask(
            LongFunction<ClientFrame> request, Function<ServerFrame, T> reader, Consumer<ChatException> onFailure) {
        Call<T> call = new Call<>(reader, onFailure, link.now());
        ChatException refused;
        lock.lock();
        try {
            refused = over;
            if (refused == null) {
                byte[] frame = request.apply(lastId + 1).toBytes();
                if (link.mayBeSent(frame.length)) {
                    waiting.put(++lastId, call);
                    link.queue(frame); // under the lock, so that ids go out in their order: it only queues
                } else {
                    refused = new ChatException(ErrorCode.TOO_LARGE, "that is longer than the server takes");
                }
            }
        } finally {
            lock.unlock();
        }
        if (refused == null) {
            link.flush();
        } else {
            call.fail(refused);
        }
        return call.future;
    }

    private @Nullable Call<?> take(long id) {
        lock.lock();
        try {
            return waiting.remove(id);
        } finally {
            lock.unlock();
        }
    }

    void answer(long id, ServerFrame reply) {
        Call<?> call = take(id);
        if (call != null) {
            call.answer(reply);
        }
    }

    void fail(long id, ChatException why) {
        Call<?> call = take(id);
        if (call != null) {
            call.fail(why);
        }
    }

    /** Fails what was asked before a time. */
    void expire(long before) {
        List<Call<?>> late = new ArrayList<>();
        lock.lock();
        try {
            waiting.values().removeIf(call -> call.since - before < 0 && late.add(call));
        } finally {
            lock.unlock();
        }
        late.forEach(call -> call.fail(new ChatException(ErrorCode.TIMEOUT, "the server did not answer in time")));
    }

    /** Fails everything, now and from now on. */
    void end(ChatException why) {
        List<Call<?>> rest;
        lock.lock();
        try {
            over = why;
            rest = List.copyOf(waiting.values());
            waiting.clear();
        } finally {
            lock.unlock();
        }
        rest.forEach(call -> call.fail(why));
    }
}
