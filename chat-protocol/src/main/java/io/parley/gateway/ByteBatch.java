package io.parley.gateway;

import io.parley.model.Entry;
import io.parley.model.RoomRef;
import io.parley.room.Encoding;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Pieces of bytes, gathered in one array. One thread. */
public final class ByteBatch {
    private ByteBuffer buffer = ByteBuffer.allocate(256);

    /** Makes an empty batch. */
    public ByteBatch() {}

    /**
     * Adds a piece.
     *
     * @param bytes the piece
     * @return this
     */
    public ByteBatch add(byte[] bytes) {
        return bytes.length == 0 ? this : add(into -> into.put(bytes));
    }

    /**
     * Adds an entry as an encoding writes it.
     *
     * @param encoding the encoding
     * @param room the room
     * @param entry the entry
     * @return this
     */
    public ByteBatch add(Encoding encoding, RoomRef room, Entry entry) {
        return add(into -> encoding.encode(room, entry, into));
    }

    /**
     * Adds what is written to a buffer.
     *
     * @param writer writes one piece; called again with more space when that overflows
     * @return this
     */
    public ByteBatch add(Consumer<ByteBuffer> writer) {
        int mark = buffer.position();
        while (true) {
            try {
                writer.accept(buffer);
                return this;
            } catch (BufferOverflowException full) {
                buffer.position(mark);
                buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer.flip());
            }
        }
    }

    /**
     * How much there is.
     *
     * @return a number of bytes
     */
    public int length() {
        return buffer.position();
    }

    /**
     * All pieces, one behind the other.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
