package io.parley.server;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hands a connection's bytes to its frames: one thread at a time and in order, and holds back what came while the
 * session was not reading. What is held is at most what was in the transport's read buffer when reading stopped.
 */
final class Inbound {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int ONCE_MORE = 2;

    private final Consumer<ByteBuffer> consumer;
    private final AtomicInteger state = new AtomicInteger();
    private final ConcurrentLinkedQueue<ByteBuffer> held = new ConcurrentLinkedQueue<>();

    /**
     * Makes a way in.
     *
     * @param consumer takes frames from the buffer's front for as long as it may, and leaves the rest
     */
    Inbound(Consumer<ByteBuffer> consumer) {
        this.consumer = consumer;
    }

    /** Bytes came. The transport's thread; the buffer is consumed whole. */
    void onBytes(ByteBuffer bytes) {
        if (!state.compareAndSet(IDLE, RUNNING)) {
            hold(bytes);
            goOn();
            return;
        }
        if (held.isEmpty()) {
            consumer.accept(bytes);
        }
        if (bytes.hasRemaining()) {
            hold(bytes);
        }
        // What was held before this call may be taken now only if something asked for it meanwhile.
        if (!state.compareAndSet(RUNNING, IDLE)) {
            run();
        }
    }

    /** The session reads again. Any thread; frames may be handled on it. */
    void goOn() {
        if (state.getAndUpdate(now -> now == IDLE ? RUNNING : ONCE_MORE) == IDLE) {
            run();
        }
    }

    private void run() {
        do {
            state.set(RUNNING);
            ByteBuffer next = held.peek();
            while (next != null) {
                consumer.accept(next);
                if (next.hasRemaining()) {
                    break;
                }
                held.remove();
                next = held.peek();
            }
        } while (!state.compareAndSet(RUNNING, IDLE));
    }

    private void hold(ByteBuffer bytes) {
        held.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    }
}
