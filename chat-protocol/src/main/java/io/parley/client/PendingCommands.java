package io.parley.client;

import io.parley.codec.Utf8;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.wire.ClientFrame;
import io.parley.wire.Limits;
import io.parley.wire.Say;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The commands of this session that have no outcome yet: at most as many under way as the server allows, the rest in a
 * bounded queue. Any thread adds; the reader's thread brings the outcomes.
 */
final class PendingCommands {
    private static final int COMMAND_BYTES = 64; // the most that a command takes besides its texts
    private static final int MAX_WAITING_BYTES = 1 << 20;
    private static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0, 0);

    private final Link link;
    private final ReentrantLock lock = new ReentrantLock(); // before the session's outbox lock
    private final Map<Long, One> underWay = new HashMap<>(); // by cid; lock
    private final ArrayDeque<One> waiting = new ArrayDeque<>(2); // lock
    private volatile Limits limits = NONE; // set by WELCOME
    private int waitingBytes; // lock
    private int most; // lock
    private long lastCid; // lock
    private @Nullable ChatException over; // lock

    private record One(LongFunction<ClientFrame> frame, int bytes, CompletableFuture<Receipt> receipt) {}

    PendingCommands(Link link) {
        this.link = link;
    }

    /** Learns what the server takes. */
    void limit(Limits given) {
        limits = given;
        lock.lock();
        try {
            most = given.inFlight();
        } finally {
            lock.unlock();
        }
    }

    /** Says something, if the server takes that much. */
    CompletableFuture<Receipt> say(int room, String text, Tags tags) {
        Limits bounds = limits;
        if (text.length() > bounds.maxBody() / 3 && Utf8.length(text) > bounds.maxBody()) {
            return tooLarge("a message has at most " + bounds.maxBody() + " bytes here");
        }
        if (!tags.isEmpty() && tags.encodedBytes() > bounds.maxTags()) {
            return tooLarge("tags have at most " + bounds.maxTags() + " bytes here");
        }
        return queue(cid -> new Say(room, cid, text, tags), COMMAND_BYTES + 3 * text.length());
    }

    /** Adds a command that has one text, if the server takes frames of that length. */
    CompletableFuture<Receipt> order(LongFunction<ClientFrame> frame, String text) {
        return link.mayBeSent(COMMAND_BYTES + Utf8.length(text))
                ? queue(frame, COMMAND_BYTES + 3 * text.length())
                : tooLarge("that is longer than the server takes");
    }

    private static CompletableFuture<Receipt> tooLarge(String text) {
        return CompletableFuture.failedFuture(new ChatException(ErrorCode.TOO_LARGE, text));
    }

    private CompletableFuture<Receipt> queue(LongFunction<ClientFrame> frame, int bytes) {
        One one = new One(frame, bytes, new CompletableFuture<>());
        ChatException refused;
        lock.lock();
        try {
            refused = over;
            if (refused == null && waitingBytes + one.bytes() > MAX_WAITING_BYTES) {
                refused = new ChatException(ErrorCode.OVERLOADED, "too much is waiting to be sent");
            }
            if (refused == null) {
                waiting.add(one);
                waitingBytes += one.bytes();
                sendSome();
            }
        } finally {
            lock.unlock();
        }
        if (refused == null) {
            link.flush();
        } else {
            fail(one, refused);
        }
        return one.receipt();
    }

    /** Sends what may be under way; under the lock, so that cids go out in their order. Sending only queues. */
    private void sendSome() {
        while (underWay.size() < most && !waiting.isEmpty()) {
            One one = waiting.remove();
            waitingBytes -= one.bytes();
            long cid = ++lastCid;
            underWay.put(cid, one);
            link.queue(one.frame().apply(cid));
        }
    }

    private @Nullable One take(long cid) {
        lock.lock();
        try {
            One one = underWay.remove(cid);
            sendSome();
            return one;
        } finally {
            lock.unlock();
        }
    }

    void ordered(long cid, long seq) {
        One one = take(cid);
        if (one != null) {
            link.callbacks().tell(() -> one.receipt().complete(new Receipt(seq)));
        }
        link.flush();
    }

    void rejected(long cid, ChatException why) {
        One one = take(cid);
        if (one != null) {
            fail(one, why);
        }
        link.flush();
    }

    private void fail(One one, ChatException why) {
        link.callbacks().tell(() -> one.receipt().completeExceptionally(why));
    }

    boolean isIdle() {
        lock.lock();
        try {
            return underWay.isEmpty() && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing new; what is under way or waits still has its outcome. */
    void refuseMore(ChatException why) {
        lock.lock();
        try {
            over = over == null ? why : over;
        } finally {
            lock.unlock();
        }
    }

    /** Fails everything: what was sent may have been ordered or not, and what was not sent was not. */
    void end(ChatException why) {
        List<One> sent;
        List<One> unsent;
        lock.lock();
        try {
            over = why;
            sent = new ArrayList<>(underWay.values());
            unsent = new ArrayList<>(waiting);
            underWay.clear();
            waiting.clear();
        } finally {
            lock.unlock();
        }
        ChatException unknown = new ChatException(
                ErrorCode.UNKNOWN_OUTCOME, "the connection ended before it was known whether this was done");
        sent.forEach(one -> fail(one, unknown));
        unsent.forEach(one -> fail(one, why));
    }
}
