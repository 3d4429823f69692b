package io.parley.journal;

import io.parley.codec.Bytes;
import io.parley.model.Entry;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a room's entries, oldest first, with messages packed as bytes in a few large arrays. One thread at a time.
 *
 * <p>A message kept as objects is four of them, which the garbage collector traces and copies. Packed it is 57 bytes, the
 * author's name and the text, and the collector sees one array for many messages. Entries of other kinds are rare and stay
 * objects.
 *
 * <pre>
 *   message   seq i64 | timeMillis i64 | origin i64 | cid i64 | author id i64 | author kind i8 | author name string
 *             | body string
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
    private static final int HEADER_BYTES = 5 * Long.BYTES + 1; // of a message
    private static final int OTHER_BYTES = Long.BYTES; // a message takes more
    private static final int ENTRY_BYTES = 64; // of a page, for each message besides its text
    private static final int OBJECT_BYTES = 200; // of an entry that is not packed, about, besides its texts

    private static final byte[] NOTHING = {};
    private static final EntryBlock NO_ENTRIES = new EntryBlock(0, 0);

    private final List<EntryBlock> blocks = new ArrayList<>(1); // the oldest first; none is empty
    private final Map<Long, Entry.Sequenced> others = new HashMap<>(2); // by number
    private @Nullable EntryBlock spare; // a room that is full takes for new entries what its oldest have left
    private int size;
    private long bytes; // of the heap
    private long age; // of the oldest block, or 0
    private String author = ""; // the name in the newest message
    private byte[] authorUtf8 = utf8("");

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
        byte[] from = NOTHING;
        byte[] body = NOTHING;
        int length = OTHER_BYTES;
        if (entry instanceof Entry.Message message) {
            from = author(message.author().name());
            body = utf8(message.body());
            length = HEADER_BYTES + 3 * Integer.BYTES + from.length + body.length + bytesOf(message.tags());
        }
        EntryBlock newest = newest(length, now);
        try {
            int weight = newest.weight();
            ByteBuffer into = newest.next();
            bytes += newest.weight() - weight;
            into.putLong(entry.seq());
            if (entry instanceof Entry.Message message) {
                write(into, message, from, body);
            } else {
                others.put(entry.seq(), entry);
                bytes += bytesOf(entry);
            }
            newest.end();
            size++;
        } finally {
            removeIfEmpty(blocks.size() - 1); // it is not, unless something was thrown
        }
    }

    private static void write(ByteBuffer into, Entry.Message message, byte[] author, byte[] body) {
        into.putLong(message.timeMillis()).putLong(message.origin()).putLong(message.cid());
        into.putLong(message.author().id()).put((byte) message.author().kind().code());
        put(into, author);
        put(into, body);
        into.putInt(message.tags().size());
        if (!message.tags().isEmpty()) {
            message.tags().forEach((name, value) -> {
                put(into, utf8(name));
                into.putInt(value.length()).put(value.asReadOnlyBuffer());
            });
        }
    }

    /** An author often says several things in a row. */
    private byte[] author(String name) {
        if (!name.equals(author)) {
            authorUtf8 = utf8(name);
            author = name;
        }
        return authorUtf8;
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

    private static int bytesOf(Tags tags) {
        if (tags.isEmpty()) {
            return 0;
        }
        int[] bytes = {0};
        tags.forEach((name, value) -> bytes[0] += 2 * Integer.BYTES + utf8(name).length + value.length());
        return bytes[0];
    }

    /** About what an entry costs that stays an object: its texts are two bytes a char at most. */
    private static int bytesOf(Entry.Sequenced entry) {
        int chars = 0;
        if (entry instanceof Entry.TopicChanged change) {
            chars = change.author().name().length() + change.topic().length();
        } else if (entry instanceof Entry.Moderated act) {
            chars = act.author().name().length()
                    + act.target().name().length()
                    + act.text().length();
        }
        return OBJECT_BYTES + 2 * chars;
    }

    /** Drops the oldest entry; there must be one. */
    void removeFirst() {
        EntryBlock oldest = blocks.get(0);
        forget(oldest, oldest.dropped++);
        removeIfEmpty(0);
    }

    /** Takes back the newest entry; there must be one. */
    void removeLast() {
        int last = blocks.size() - 1;
        EntryBlock newest = blocks.get(last);
        forget(newest, newest.count - 1);
        newest.count--;
        removeIfEmpty(last);
    }

    private void forget(EntryBlock block, int number) {
        if (block.length(number) == OTHER_BYTES) {
            bytes -= bytesOf(Objects.requireNonNull(others.remove(block.bytes.getLong(block.from(number)))));
        }
        size--;
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
     * @param maxBytes about how many bytes of text at most; one entry is read all the same
     * @param newest whether the bound keeps the newest of them, or the oldest
     */
    List<Entry.Sequenced> read(int first, int count, int maxBytes, boolean newest) {
        int[] lengths = new int[count];
        Place place = new Place(first);
        for (int i = 0; i < count; i++) {
            place.next();
            lengths[i] = textBytes(place.block, place.entry);
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

    /** About how many bytes of text an entry has for a reader; tags do not count. */
    private static int textBytes(EntryBlock block, int number) {
        if (block.length(number) == OTHER_BYTES) {
            return 2 * ENTRY_BYTES;
        }
        int name = block.from(number) + HEADER_BYTES;
        int body = name + Integer.BYTES + block.bytes.getInt(name);
        return ENTRY_BYTES + block.bytes.getInt(body);
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

    private Entry.Sequenced entry(EntryBlock block, int number) {
        ByteBuffer from = block.bytes.duplicate().position(block.from(number));
        long seq = from.getLong();
        if (block.length(number) == OTHER_BYTES) {
            return Objects.requireNonNull(others.get(seq));
        }
        return new Entry.Message(
                seq, from.getLong(), from.getLong(), from.getLong(), author(from), string(from), tags(from));
    }

    private static UserItem author(ByteBuffer from) {
        return new UserItem(from.getLong(), UserKind.of(from.get()), string(from));
    }

    private static Tags tags(ByteBuffer from) {
        int count = from.getInt();
        if (count == 0) {
            return Tags.NONE;
        }
        Map<String, Bytes> tags = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = string(from);
            byte[] value = new byte[from.getInt()];
            from.get(value);
            tags.put(name, Bytes.of(value));
        }
        return Tags.of(tags);
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
