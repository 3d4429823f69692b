package io.parley.room;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A piece of a room's log: encoded entries one after another, with an index of where each ends.
 *
 * <p>One thread at a time writes, under the room's lock; any thread reads without a lock what lies below {@link
 * #limit()}. {@code count} is written last and volatile, so a reader that has seen it sees bytes and index.
 */
public final class Chunk {
    final long base; // position of the first byte in the log
    final byte[] bytes;
    private final ByteBuffer buffer; // room lock
    private volatile int[] ends = new int[8]; // grown by replacing; read after count
    private volatile long[] seqs = new long[8]; // the last number at or before each entry
    private volatile int count;

    Chunk(long base, int capacity) {
        this.base = base;
        this.bytes = new byte[capacity];
        this.buffer = ByteBuffer.wrap(bytes);
    }

    /**
     * The array that a cursor's run lies in; not to be changed.
     *
     * @return the array
     */
    public byte[] array() {
        return bytes;
    }

    /** Where the next entry goes. */
    ByteBuffer tail() {
        return buffer.limit(bytes.length).position(limit());
    }

    /** Publishes everything below the tail's position as one more entry. */
    void commit(long lastSeq) {
        int n = count;
        if (n == ends.length) {
            ends = Arrays.copyOf(ends, 2 * n);
            seqs = Arrays.copyOf(seqs, 2 * n);
        }
        ends[n] = buffer.position();
        seqs[n] = lastSeq;
        count = n + 1;
    }

    int limit() {
        int n = count;
        return n == 0 ? 0 : ends[n - 1];
    }

    /** The last number at or before the entry that ends here. */
    long seqAt(int end) {
        int n = count; // first: what is read of the index behind it is at least as new
        int newest = n - 1; // which most readers have come to
        return seqs[ends[newest] == end ? newest : Arrays.binarySearch(ends, 0, n, end)];
    }

    /** The greatest entry end at or below a limit, or 0. */
    int boundaryAtOrBefore(int limit) {
        int n = count;
        int at = Arrays.binarySearch(ends, 0, n, limit);
        int below = at >= 0 ? at : -at - 2;
        return below < 0 ? 0 : ends[below];
    }

    /** The least entry end at or above an offset below {@link #limit()}. */
    int boundaryAtOrAfter(int offset) {
        int n = count;
        int at = Arrays.binarySearch(ends, 0, n, offset);
        return ends[at >= 0 ? at : -at - 1];
    }
}
