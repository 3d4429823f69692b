package io.parley.transport.memory;

/**
 * The bytes in flight in one direction of a link: a bounded ring that grows with need. Everything in it is
 * guarded by the network's lock.
 */
final class MemoryPipe {
    private static final int FIRST_BYTES = 256;

    private final int capacity;
    private byte[] ring = new byte[0];
    private int head;
    private int size;
    private boolean ended;

    MemoryPipe(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    int free() {
        return capacity - size;
    }

    /** The writer has ended the stream: after the bytes in here nothing comes. */
    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
    }

    void put(byte[] source, int offset, int length) {
        if (size + length > ring.length) {
            grow(size + length);
        }
        int tail = (head + size) % ring.length;
        int first = Math.min(length, ring.length - tail);
        System.arraycopy(source, offset, ring, tail, first);
        System.arraycopy(source, offset + first, ring, 0, length - first);
        size += length;
    }

    void take(byte[] target, int offset, int length) {
        int first = Math.min(length, ring.length - head);
        System.arraycopy(ring, head, target, offset, first);
        System.arraycopy(ring, 0, target, offset + first, length - first);
        skip(length);
    }

    void skip(int length) {
        if (length > 0) {
            head = (head + length) % ring.length;
            size -= length;
        }
    }

    private void grow(int needed) {
        int length = Math.max(FIRST_BYTES, ring.length);
        while (length < needed) {
            length *= 2;
        }
        byte[] larger = new byte[Math.min(length, Math.max(capacity, needed))];
        int kept = size;
        take(larger, 0, kept);
        ring = larger;
        head = 0;
        size = kept;
    }
}
