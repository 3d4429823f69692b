package io.parley.sequencer;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.journal.KeyValue;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a journal keeps of a room beside its entries. Immutable, for any thread.
 *
 * <pre>
 *   room   name string | lasting flag
 * </pre>
 *
 * @param name its name for people, as it was first given
 * @param lasting whether it is the server's: it does not end when nobody is in it
 */
public record RoomInfo(String name, boolean lasting) {
    /** The kind of such values in a journal. */
    public static final String KIND = "room";

    private static final int MOST_BYTES = 4_096;

    KeyValue value(String key) {
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        ByteWriter.text(into, name);
        ByteWriter.flag(into, lasting);
        return new KeyValue(KIND, key, Bytes.of(Arrays.copyOf(into.array(), into.position())));
    }

    /**
     * Reads a value.
     *
     * @param bytes the value
     * @return the room
     * @throws io.parley.codec.MalformedException if the bytes are none
     */
    public static RoomInfo decode(Bytes bytes) {
        ByteReader in = new ByteReader();
        in.over(bytes.toArray(), 0, bytes.length());
        return new RoomInfo(in.text(), in.flag());
    }
}
