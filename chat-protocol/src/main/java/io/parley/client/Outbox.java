package io.parley.client;

import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.wire.Pong;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is to be sent to the server, first in, first out. Any thread adds; the connection's writer writes. */
final class Outbox {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2); // lock
    private @Nullable Pong pong; // that is owed; lock

    // the writer's
    private byte[] writing = {};
    private int written;

    void add(byte[] frame) {
        lock.lock();
        try {
            waiting.add(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a frame before all that wait. */
    void addFirst(byte[] frame) {
        lock.lock();
        try {
            waiting.addFirst(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Has a ping answered behind all else. One answer is enough for a server that reads none and goes on asking. */
    void answer(Pong answer) {
        lock.lock();
        try {
            pong = answer;
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            byte[] next = waiting.poll();
            if (next == null && pong != null) {
                next = pong.toBytes();
                pong = null;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** The connection's writer. */
    Progress write(Sink sink) {
        while (true) {
            if (written == writing.length) {
                byte[] next = next();
                if (next == null) {
                    return Progress.DRAINED;
                }
                writing = next;
                written = 0;
            }
            int taken = sink.write(writing, written, writing.length - written);
            if (taken == 0) {
                return Progress.MORE;
            }
            written += taken;
        }
    }
}
