package io.parley.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A piece of a log: encoded entries one after another, with an index of where each ends.
 *
 * <p>One thread at a time writes. What it has written is beyond {@link #limit()} until {@link #commit()}. Any thread reads
 * without a lock what lies below the limit: {@code count} is volatile and written last, so a reader that has seen it sees
 * the bytes and the index.
 */
public final class Chunk {
    final long base; // position of the first byte in the log
    final byte[] bytes;
    private final ByteBuffer buffer; // the writer's
    private int written; // entries, committed or not; the writer's
    private volatile int[] ends = new int[8]; // grown by replacing; read after count
    private volatile long[] seqs = new long[8]; // the last number at or before each entry
    private volatile int count; // committed entries

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

    // ---- the writer

    /** Where the next entry goes. */
    ByteBuffer tail() {
        return buffer.limit(bytes.length).position(writtenLimit());
    }

    /** Adds everything below the tail's position as one more entry, which no reader sees before {@link #commit()}. */
    void add(long lastSeq) {
        int n = written;
        if (n == ends.length) {
            int[] moreEnds = Arrays.copyOf(ends, 2 * n);
            seqs = Arrays.copyOf(seqs, 2 * n);
            ends = moreEnds; // last: its length says when both must grow
        }
        ends[n] = buffer.position();
        seqs[n] = lastSeq;
        written = n + 1;
    }

    int writtenLimit() {
        int n = written;
        return n == 0 ? 0 : ends[n - 1];
    }

    /** Shows the readers what was added. */
    void commit() {
        count = written;
    }

    // ---- readers

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

    /** Where the entry with a number begins, or -1 if it is not in this chunk. */
    int startOf(long seq) {
        int n = count;
        long[] numbers = seqs;
        int low = 0;
        for (int high = n;
                low < high; ) { // the first with this number: entries without one have that of the one before
            int middle = (low + high) >>> 1;
            if (numbers[middle] < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == n || numbers[low] != seq) {
            return -1;
        }
        return low == 0 ? 0 : ends[low - 1];
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
