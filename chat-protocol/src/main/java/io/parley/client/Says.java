package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.wire.Say;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this session says and has no outcome for yet: at most as much under way as the server allows, the rest in a
 * bounded queue. Any thread says; the reader's thread brings the outcomes.
 */
final class Says {
    private static final int MAX_WAITING_BYTES = 1 << 20;

    private final ClientSession session;
    private final ReentrantLock lock = new ReentrantLock(); // before the session's outbox lock
    private final Map<Long, One> underWay = new HashMap<>(); // by cid; lock
    private final ArrayDeque<One> waiting = new ArrayDeque<>(2); // lock
    private int waitingBytes; // lock
    private int most; // lock
    private long lastCid; // lock
    private @Nullable ChatException over; // lock

    private record One(int room, String text, Tags tags, CompletableFuture<Receipt> receipt) {
        int bytes() {
            return 64 + 3 * text.length();
        }
    }

    Says(ClientSession session) {
        this.session = session;
    }

    /** Learns how many may be under way. */
    void limit(int inFlight) {
        lock.lock();
        try {
            most = inFlight;
        } finally {
            lock.unlock();
        }
    }

    CompletableFuture<Receipt> say(int room, String text, Tags tags) {
        One one = new One(room, text, tags, new CompletableFuture<>());
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
            session.flush();
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
            session.queue(new Say(one.room(), cid, one.text(), one.tags()));
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
            session.callbacks().tell(() -> one.receipt().complete(new Receipt(seq)));
        }
        session.flush();
    }

    void rejected(long cid, ChatException why) {
        One one = take(cid);
        if (one != null) {
            fail(one, why);
        }
        session.flush();
    }

    private void fail(One one, ChatException why) {
        session.callbacks().tell(() -> one.receipt().completeExceptionally(why));
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
                ErrorCode.UNKNOWN_OUTCOME, "the connection ended before it was known whether this was said");
        sent.forEach(one -> fail(one, unknown));
        unsent.forEach(one -> fail(one, why));
    }
}
