package io.parley.journal;

import io.parley.codec.ByteReader;
import io.parley.model.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a room's entries, oldest first, packed as bytes in a few large arrays, as {@link EntryCodec} writes them. One thread
 * at a time.
 *
 * <p>A message kept as objects is four of them, which the garbage collector traces and copies. Packed it is about 40 bytes, the
 * author's name and the text, and the collector sees one array for many messages.
 *
 * <p>Where each entry ends is in an array of its own: to drop the oldest, which nobody has touched for long, its bytes need
 * not come into the processor's cache.
 */
final class PackedEntries {
    private static final int FIRST_BLOCK = 1 << 10;
    private static final int FULL_BLOCK = 1 << 15;
    private static final int BLOCKS = 8;
    private static final int ENTRY_BYTES = 24; // of a page, for each entry besides its bytes

    private static final EntryBlock NO_ENTRIES = new EntryBlock(0, 0);

    private final List<EntryBlock> blocks = new ArrayList<>(1); // the oldest first; none is empty
    private @Nullable EntryBlock spare; // a room that is full takes for new entries what its oldest have left
    private int size;
    private long bytes; // of the heap
    private long age; // of the oldest block, or 0

    int size() {
        return size;
    }

    /** About how much of the heap all of it takes, with what is free in the newest block and the spare one. */
    long bytes() {
        return bytes;
    }

    /** The age of the oldest block: that of its first entry, dropped or not; 0 where there is no entry. */
    long age() {
        return age;
    }

    /**
     * Adds the newest entry. If it throws, for want of memory, nothing was added.
     *
     * @param now its age, above that of those before it
     */
    void add(Entry.Sequenced entry, long now) {
        EntryBlock newest = newest(EntryCodec.mostBytes(entry), now);
        try {
            int weight = newest.weight();
            EntryCodec.encode(entry, newest.next());
            newest.end();
            size++;
            bytes += newest.weight() - weight;
        } finally {
            removeIfEmpty(blocks.size() - 1); // it is not, unless something was thrown
        }
    }

    /** The block with space for so many bytes: the newest, or a new one. */
    private EntryBlock newest(int length, long now) {
        EntryBlock newest = blocks.isEmpty() ? NO_ENTRIES : blocks.get(blocks.size() - 1);
        if (newest.has(length)) {
            return newest;
        }
        // A part of the whole, so that what is free in the newest block and dropped of the oldest is little beside it.
        long usual = Math.max(FIRST_BLOCK, Math.min(FULL_BLOCK, bytes / BLOCKS));
        EntryBlock next = spare(length, now);
        if (next == null) {
            next = new EntryBlock((int) Math.max(length, usual), now);
            bytes += next.weight();
        }
        blocks.add(next);
        bytes -= newest.weight();
        newest.trim();
        bytes += newest.weight();
        age = blocks.get(0).age;
        return next;
    }

    /** Drops the oldest entry; there must be one. */
    void removeFirst() {
        blocks.get(0).dropped++;
        size--;
        removeIfEmpty(0);
    }

    /** Takes back the newest entry; there must be one. */
    void removeLast() {
        int last = blocks.size() - 1;
        blocks.get(last).count--;
        size--;
        removeIfEmpty(last);
    }

    private void removeIfEmpty(int number) {
        if (blocks.get(number).left() == 0) {
            EntryBlock empty = blocks.remove(number);
            if (spare == null && empty.bytes.capacity() == FULL_BLOCK && !blocks.isEmpty()) {
                spare = empty;
            } else {
                bytes -= empty.weight();
            }
            if (blocks.isEmpty() && spare != null) {
                bytes -= spare.weight();
                spare = null;
            }
            age = blocks.isEmpty() ? 0 : blocks.get(0).age;
        }
    }

    /** The block that was emptied last, if it has space for so many bytes. */
    private @Nullable EntryBlock spare(int length, long now) {
        EntryBlock reused = spare;
        if (reused == null || length > FULL_BLOCK) {
            return null;
        }
        spare = null;
        reused.reuse(now);
        return reused;
    }

    /**
     * Reads entries that stand next to each other, oldest first.
     *
     * @param first the index of the first that may be read
     * @param count how many may be read; there are so many
     * @param maxBytes about how many bytes at most; one entry is read all the same
     * @param newest whether the bound keeps the newest of them, or the oldest
     */
    List<Entry.Sequenced> read(int first, int count, int maxBytes, boolean newest) {
        int[] lengths = new int[count];
        Place place = new Place(first);
        for (int i = 0; i < count; i++) {
            place.next();
            lengths[i] = ENTRY_BYTES + place.block.length(place.entry);
        }
        int from = newest ? count : 0;
        int to = from;
        for (int bytes = 0; to - from < count; ) {
            bytes += newest ? lengths[from - 1] : lengths[to];
            if (bytes > maxBytes && to > from) {
                break;
            }
            from -= newest ? 1 : 0;
            to += newest ? 0 : 1;
        }
        List<Entry.Sequenced> entries = new ArrayList<>(to - from);
        ByteReader reader = new ByteReader();
        place = new Place(first + from);
        while (entries.size() < to - from) {
            place.next();
            entries.add(place.block.read(place.entry, reader));
        }
        return entries;
    }

    /** Goes from entry to entry. */
    private final class Place {
        private int number; // of the block
        EntryBlock block = NO_ENTRIES;
        int entry; // in the block

        /** Before the entry of an index. */
        Place(int index) {
            int skip = index;
            while (number < blocks.size() && skip >= blocks.get(number).left()) {
                skip -= blocks.get(number++).left();
            }
            if (number < blocks.size()) {
                block = blocks.get(number);
                entry = block.dropped + skip - 1;
            }
        }

        void next() {
            if (++entry >= block.count) {
                block = blocks.get(++number);
                entry = block.dropped;
            }
        }
    }
}
