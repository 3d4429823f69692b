package io.parley.journal;

import io.parley.codec.ByteReader;
import io.parley.model.Entry;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Some packed entries of a room in a row: their bytes, and where each ends. One thread at a time.
 *
 * <p>Entries are added behind the last and dropped from the first; {@link #from} and {@link #length} say where one lies.
 */
final class EntryBlock {
    private static final int FIRST_ENDS = 4;
    private static final int TRIMMED = 8; // a block gives back what is free if that is more than one in so many bytes
    private static final int OBJECTS_BYTES = 144; // of the objects that a block is, besides what is in its arrays

    ByteBuffer bytes;
    int[] ends = new int[FIRST_ENDS]; // where each entry ends
    int count; // of those that were added
    int dropped; // the first of them
    long age;

    EntryBlock(int size, long age) {
        bytes = ByteBuffer.allocate(size);
        this.age = age;
    }

    void reuse(long now) {
        count = 0;
        dropped = 0;
        age = now;
    }

    boolean has(int length) {
        return bytes.capacity() - from(count) >= length;
    }

    /** Where one more entry goes; what was written and not {@link #end ended} is written over. */
    ByteBuffer next() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        return bytes.position(from(count));
    }

    void end() {
        ends[count++] = bytes.position();
    }

    /** Gives back what is free, if that is much: nothing more will be added. */
    void trim() {
        int used = from(count);
        if (used < bytes.capacity() - bytes.capacity() / TRIMMED) {
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), used));
        }
    }

    /** What it takes of the heap. */
    int weight() {
        return OBJECTS_BYTES + bytes.capacity() + Integer.BYTES * ends.length;
    }

    int from(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    int length(int entry) {
        return ends[entry] - from(entry);
    }

    Entry.Sequenced read(int entry, ByteReader reader) {
        reader.over(bytes.array(), from(entry), length(entry));
        return EntryCodec.decode(reader);
    }

    int left() {
        return count - dropped;
    }
}
