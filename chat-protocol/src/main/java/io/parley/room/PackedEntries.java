package io.parley.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a room's entries, oldest first, with messages packed as bytes in a few large arrays. One thread at a time.
 *
 * <p>A message kept as objects is four of them, which the garbage collector traces and copies. Packed it is 48 bytes, the
 * sender and the text, and the collector sees one array for many messages. Entries of other kinds are rare and stay
 * objects.
 *
 * <pre>
 *   message   seq i64 | timeMillis i64 | origin i64 | cid i64 | sender string | body string
 *             | tags i32 | for each: name string, length i32, bytes
 *   string    length i32 | UTF-8
 *   other     seq i64; the entry is in a map
 * </pre>
 *
 * <p>Where each entry ends is in an array of its own: to drop the oldest, which nobody has touched for long, its bytes need
 * not come into the processor's cache.
 */
final class PackedEntries {
    private static final int FIRST_BLOCK = 1 << 10;
    private static final int FULL_BLOCK = 1 << 15;
    private static final int BLOCKS = 8;
    private static final int FIRST_ENDS = 4;
    private static final int OTHER_BYTES = Long.BYTES; // a message takes more
    private static final int OBJECT_BYTES = 200; // of an entry that is not packed, about, besides its texts

    /** Some entries in a row. */
    private static final class Block {
        final ByteBuffer bytes; // up to its position
        int[] ends = new int[FIRST_ENDS]; // where each entry ends
        int count; // of those that were added
        int dropped; // the first of them
        final long age;

        Block(int size, long age) {
            bytes = ByteBuffer.allocate(size);
            this.age = age;
        }

        void end() {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = bytes.position();
        }

        int from(int entry) {
            return entry == 0 ? 0 : ends[entry - 1];
        }

        int length(int entry) {
            return ends[entry] - from(entry);
        }

        int left() {
            return count - dropped;
        }
    }

    private static final Block NO_ENTRIES = new Block(0, 0);

    private final List<Block> blocks = new ArrayList<>(1); // the oldest first; none is empty
    private final Map<Long, Entry.Sequenced> others = new HashMap<>(2); // by number
    private int size;
    private long packed; // bytes in the blocks that are not dropped
    private long age; // of the oldest block, or 0
    private String sender = ""; // of the newest message
    private byte[] senderUtf8 = utf8("");

    int size() {
        return size;
    }

    /** The age of the oldest block: that of its first entry, dropped or not; 0 where there is no entry. */
    long age() {
        return age;
    }

    /**
     * Adds the newest entry; gives how many bytes it takes.
     *
     * @param now its age, above that of those before it
     */
    int add(Entry.Sequenced entry, long now) {
        int bytes = OTHER_BYTES;
        if (entry instanceof Entry.Message message) {
            bytes = add(message, now);
        } else {
            others.put(entry.seq(), entry);
            room(bytes, now).putLong(entry.seq());
        }
        blocks.get(blocks.size() - 1).end();
        size++;
        packed += bytes;
        return weight(bytes, entry);
    }

    private int add(Entry.Message message, long now) {
        byte[] sender = sender(message.sender());
        byte[] body = utf8(message.body());
        int bytes = 4 * Long.BYTES + 3 * Integer.BYTES + sender.length + body.length + bytesOf(message.tags());
        ByteBuffer into = room(bytes, now);
        into.putLong(message.seq()).putLong(message.timeMillis());
        into.putLong(message.origin()).putLong(message.cid());
        put(into, sender);
        put(into, body);
        into.putInt(message.tags().size());
        for (Map.Entry<String, byte[]> tag : message.tags().entrySet()) {
            put(into, utf8(tag.getKey()));
            put(into, tag.getValue());
        }
        return bytes;
    }

    /** A sender often says several things in a row. */
    private byte[] sender(String name) {
        if (!name.equals(sender)) {
            sender = name;
            senderUtf8 = utf8(name);
        }
        return senderUtf8;
    }

    /** What an entry takes: its bytes and their end, and the object that it is unless it is a message. */
    private static int weight(int bytes, Entry.@Nullable Sequenced entry) {
        return Integer.BYTES + bytes + (bytes == OTHER_BYTES && entry != null ? bytesOf(entry) : 0);
    }

    private static int bytesOf(Map<String, byte[]> tags) {
        int bytes = 0;
        for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
            bytes += 2 * Integer.BYTES + utf8(tag.getKey()).length + tag.getValue().length;
        }
        return bytes;
    }

    /** About what an entry costs that stays an object: its texts are two bytes a char at most. */
    private static int bytesOf(Entry.Sequenced entry) {
        int chars = 0;
        if (entry instanceof Entry.TopicChanged change) {
            chars = change.actor().length() + change.topic().length();
        } else if (entry instanceof Entry.Moderated act) {
            chars = act.actor().length() + act.target().length() + act.text().length();
        }
        return OBJECT_BYTES + 2 * chars;
    }

    /** Space for one more entry, in the newest block or a new one. */
    private ByteBuffer room(int bytes, long now) {
        Block newest = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (newest == null || newest.bytes.remaining() < bytes) {
            // A part of the whole, so that what is dropped of the oldest block or free in the newest is little beside
            // it.
            long usual = Math.max(FIRST_BLOCK, Math.min(FULL_BLOCK, packed / BLOCKS));
            newest = new Block((int) Math.max(bytes, usual), now);
            blocks.add(newest);
            age = blocks.get(0).age;
        }
        return newest.bytes;
    }

    /** Drops the oldest entry; there must be one. Gives how many bytes it took. */
    int removeFirst() {
        Block oldest = blocks.get(0);
        int entry = oldest.dropped++;
        int bytes = oldest.length(entry);
        Entry.Sequenced other = bytes == OTHER_BYTES ? others.remove(oldest.bytes.getLong(oldest.from(entry))) : null;
        packed -= bytes;
        size--;
        if (oldest.dropped == oldest.count) {
            blocks.remove(0);
            age = blocks.isEmpty() ? 0 : blocks.get(0).age;
        }
        return weight(bytes, other);
    }

    /**
     * Reads entries that stand next to each other, oldest first.
     *
     * @param first the index of the first that may be read
     * @param count how many may be read; there are so many
     * @param maxBytes how many packed bytes at most; one entry is read all the same
     * @param newest whether the bound keeps the newest of them, or the oldest
     */
    List<Entry.Sequenced> read(int first, int count, int maxBytes, boolean newest) {
        int[] lengths = new int[count];
        Place place = new Place(first);
        for (int i = 0; i < count; i++) {
            place.next();
            lengths[i] = place.block.length(place.entry);
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
        place = new Place(first + from);
        while (entries.size() < to - from) {
            place.next();
            entries.add(entry(place.block, place.entry));
        }
        return entries;
    }

    /** Goes from entry to entry. */
    private final class Place {
        private int number; // of the block
        Block block = NO_ENTRIES;
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

    private Entry.Sequenced entry(Block block, int number) {
        ByteBuffer from = block.bytes.duplicate().position(block.from(number));
        long seq = from.getLong();
        if (block.length(number) == OTHER_BYTES) {
            return Objects.requireNonNull(others.get(seq));
        }
        return new Entry.Message(
                seq, from.getLong(), from.getLong(), from.getLong(), string(from), string(from), tags(from));
    }

    private static Map<String, byte[]> tags(ByteBuffer from) {
        int count = from.getInt();
        if (count == 0) {
            return Map.of();
        }
        Map<String, byte[]> tags = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = string(from);
            byte[] value = new byte[from.getInt()];
            from.get(value);
            tags.put(name, value);
        }
        return Collections.unmodifiableMap(tags);
    }

    // ---- strings

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer into, byte[] bytes) {
        into.putInt(bytes.length).put(bytes);
    }

    private static String string(ByteBuffer from) {
        int length = from.getInt();
        int at = from.position();
        from.position(at + length);
        return new String(from.array(), from.arrayOffset() + at, length, StandardCharsets.UTF_8);
    }
}
