package io.parley.apps.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes that a socket did not take, in their order and without a bound. One thread.
 */
final class Backlog {
    private static final int CHUNK_BYTES = 64 << 10;

    private final Deque<ByteBuffer> free;
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>(); // each filled up to its position
    private int sent; // how much of the first chunk is gone

    /** One that takes its chunks from {@code free}, if there are any, and gives them back. */
    Backlog(Deque<ByteBuffer> free) {
        this.free = free;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    void add(ByteBuffer bytes) {
        int end = bytes.limit();
        while (bytes.hasRemaining()) {
            ByteBuffer last = chunks.peekLast();
            if (last == null || !last.hasRemaining()) {
                last = free.isEmpty() ? ByteBuffer.allocateDirect(CHUNK_BYTES) : free.pop();
                chunks.addLast(last);
            }
            bytes.limit(Math.min(end, bytes.position() + last.remaining()));
            last.put(bytes);
            bytes.limit(end);
        }
    }

    /** Writes until all is gone or the channel is full. */
    void writeTo(WritableByteChannel channel) throws IOException {
        while (!chunks.isEmpty()) {
            ByteBuffer first = chunks.getFirst();
            int filled = first.position();
            first.limit(filled).position(sent);
            channel.write(first);
            sent = first.position();
            first.limit(first.capacity()).position(filled);
            if (sent < filled) {
                return;
            }
            sent = 0;
            chunks.removeFirst();
            free.push(first.clear());
        }
    }

    /** Forgets what is left. */
    void clear() {
        for (ByteBuffer chunk : chunks) {
            free.push(chunk.clear());
        }
        chunks.clear();
        sent = 0;
    }
}
