package io.parley.model;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.codec.Utf8;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries besides its text: a few names with bytes each, in order. Immutable, for any thread.
 *
 * <p>Names that begin with {@code @} are the server's own. How many bytes the sender and the server may each
 * use is the session's to watch, with {@link #encodedBytes()}.
 */
public final class Tags {
    /** No tags. */
    public static final Tags NONE = new Tags(new String[0], new Bytes[0]);

    // Up to here names are compared with each other; above, where a stranger could make that costly, hashed.
    private static final int FEW = 8;

    private final String[] names;
    private final Bytes[] values;

    private Tags(String[] names, Bytes[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * A single tag.
     *
     * @param name the name
     * @param value the bytes
     * @return tags with it alone
     */
    public static Tags of(String name, Bytes value) {
        return NONE.with(name, value);
    }

    /**
     * These tags and one more; a tag of the same name is replaced in its place.
     *
     * @param name the name
     * @param value the bytes
     * @return new tags
     */
    public Tags with(String name, Bytes value) {
        int known = indexOf(name);
        int at = known < 0 ? names.length : known;
        int size = known < 0 ? names.length + 1 : names.length;
        String[] newNames = Arrays.copyOf(names, size);
        Bytes[] newValues = Arrays.copyOf(values, size);
        newNames[at] = name;
        newValues[at] = value;
        return new Tags(newNames, newValues);
    }

    /**
     * Tags of a map, in its order.
     *
     * @param tags names and their bytes
     * @return the tags
     */
    public static Tags of(Map<String, Bytes> tags) {
        return tags.isEmpty()
                ? NONE
                : new Tags(tags.keySet().toArray(new String[0]), tags.values().toArray(new Bytes[0]));
    }

    /**
     * Hands on all tags in their order.
     *
     * @param action called with each name and its bytes
     */
    public void forEach(BiConsumer<String, Bytes> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    /**
     * The bytes under a name.
     *
     * @param name the name
     * @return the bytes, or null where there is no such tag
     */
    public @Nullable Bytes get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    /**
     * All names in their order.
     *
     * @return an unmodifiable list
     */
    public List<String> names() {
        return List.of(names);
    }

    /**
     * How many tags there are.
     *
     * @return their number
     */
    public int size() {
        return names.length;
    }

    /**
     * Whether there is no tag.
     *
     * @return true when there is none
     */
    public boolean isEmpty() {
        return names.length == 0;
    }

    /**
     * What the tags take on the wire: names, values and their lengths, without the leading count.
     *
     * @return a number of bytes, 0 for no tags
     */
    public int encodedBytes() {
        int sum = 0;
        for (int i = 0; i < names.length; i++) {
            int name = Utf8.length(names[i]);
            int value = values[i].length();
            sum += ByteWriter.varintBytes(name) + name + ByteWriter.varintBytes(value) + value;
        }
        return sum;
    }

    /**
     * Writes the tags: {@code count varint | count x ( name string | value bytes )}.
     *
     * @param into where to write
     * @throws java.nio.BufferOverflowException if they do not fit
     */
    public void encode(ByteBuffer into) {
        ByteWriter.varint(into, names.length);
        for (int i = 0; i < names.length; i++) {
            ByteWriter.text(into, names[i]);
            ByteWriter.bytes(into, values[i]);
        }
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @param in where to read
     * @return the tags
     * @throws MalformedException if the bytes are no tags, or a name is there twice
     */
    public static Tags decode(ByteReader in) {
        int count = in.count(2);
        if (count == 0) {
            return NONE;
        }
        String[] names = new String[count];
        Bytes[] values = new Bytes[count];
        Set<String> seen = count > FEW ? new HashSet<>() : Set.of();
        for (int i = 0; i < count; i++) {
            String name = in.text();
            if (count > FEW ? !seen.add(name) : indexOf(names, i, name) >= 0) {
                throw new MalformedException("a tag twice");
            }
            names[i] = name;
            values[i] = in.bytes();
        }
        return new Tags(names, values);
    }

    private int indexOf(String name) {
        return indexOf(names, names.length, name);
    }

    private static int indexOf(String[] names, int count, String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Equal are the same tags in the same order. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tags that && Arrays.equals(names, that.names) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        ValueText text = new ValueText("");
        for (int i = 0; i < names.length; i++) {
            text.tag(names[i], values[i]);
        }
        return text.toString();
    }
}
