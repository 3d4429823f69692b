package io.parley.server;

import io.parley.model.Entry;
import io.parley.model.RoomRef;
import io.parley.room.Encoding;
import io.parley.wire.ServerFrame;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Several frames as one block of bytes, written by one thread. */
final class FrameBatch {
    private ByteBuffer buffer = ByteBuffer.allocate(256);

    FrameBatch add(ServerFrame frame) {
        return write(frame::encode);
    }

    FrameBatch add(Encoding encoding, RoomRef room, Entry entry) {
        return write(into -> encoding.encode(room, entry, into));
    }

    private FrameBatch write(Consumer<ByteBuffer> encoder) {
        int mark = buffer.position();
        while (true) {
            try {
                encoder.accept(buffer);
                return this;
            } catch (BufferOverflowException full) {
                buffer.position(mark);
                buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer.flip());
            }
        }
    }

    boolean isEmpty() {
        return buffer.position() == 0;
    }

    int length() {
        return buffer.position();
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
