package io.parley.apps.benchmarks.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** One direction of a connection through the proxy. The proxy's thread. */
final class Pipe {
    private static final int MOST_HELD = 64 << 10;

    private record Chunk(ByteBuffer bytes, long dueNanos) {}

    private final SocketChannel from;
    private final SocketChannel to;
    private final ArrayDeque<Chunk> held = new ArrayDeque<>();
    private int heldBytes;
    private long lastDue = Long.MIN_VALUE;
    private boolean ended;
    private boolean shut;
    private boolean blocked;

    Pipe(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
    }

    /** Reads once; gives how many bytes there were. */
    int read(ByteBuffer scratch, long now, long delayNanos) throws IOException {
        scratch.clear();
        int count = from.read(scratch);
        if (count < 0) {
            ended = true;
            return 0;
        }
        if (count > 0) {
            scratch.flip();
            lastDue = Math.max(lastDue, now + delayNanos);
            held.add(new Chunk(ByteBuffer.allocate(count).put(scratch).flip(), lastDue));
            heldBytes += count;
        }
        return count;
    }

    /** Drops what is held. */
    void discard() {
        held.clear();
        heldBytes = 0;
    }

    /** Writes what is due. */
    void write(long now) throws IOException {
        blocked = false;
        for (Chunk next = held.peek(); next != null && next.dueNanos() <= now; next = held.peek()) {
            heldBytes -= to.write(next.bytes());
            if (next.bytes().hasRemaining()) {
                blocked = true;
                return;
            }
            held.remove();
        }
        if (ended && !shut && held.isEmpty()) {
            shut = true;
            to.shutdownOutput();
        }
    }

    boolean wantsRead() {
        return !ended && heldBytes < MOST_HELD;
    }

    boolean wantsWrite() {
        return blocked;
    }

    boolean isOver() {
        return shut;
    }

    /** When the next bytes are due; {@link Long#MAX_VALUE} if there are none. */
    long dueNanos() {
        Chunk next = held.peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos();
    }
}
