package io.parley.server;

import io.parley.transport.Sink;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The answers waiting for one peer, first in, first out. Any thread adds; the connection's writer takes. */
final class Answers {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>(1); // lock
    private @Nullable Block current; // the writer's

    void add(byte[] frame) {
        lock.lock();
        try {
            frames.add(frame);
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return frames.isEmpty() && current == null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes until nothing is left or the sink is full; always ends between frames or full.
     *
     * @return whether everything was written
     */
    boolean writeTo(Sink sink, Unwritten unwritten) {
        while (true) {
            Block block = current == null ? next() : current;
            if (block == null) {
                return true;
            }
            current = block;
            if (!block.writeTo(sink, unwritten)) {
                return false;
            }
            current = null;
        }
    }

    private @Nullable Block next() {
        lock.lock();
        try {
            byte[] frame = frames.poll();
            return frame == null ? null : new Block(frame);
        } finally {
            lock.unlock();
        }
    }
}
