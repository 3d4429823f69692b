package io.parley.wire;

import java.nio.ByteBuffer;

/**
 * One unit of the native protocol: a type and its payload. Frames are immutable, for any thread.
 *
 * <p>On the wire: {@code type u8 | payload length u24 big-endian | payload}; see WIRE.md. {@code
 * toString()} of every frame is one line, safe to print: what could move a cursor or turn text around is
 * escaped, and of a secret only the length is told.
 */
public sealed interface Frame permits ClientFrame, ServerFrame {

    /**
     * The frame's type. Bit 0x80 says that a peer who does not know it ignores it.
     *
     * @return the type, 0..255
     */
    int type();

    /**
     * Writes the whole frame, header and payload, at the buffer's position and moves the position behind
     * it. Big-endian, whatever the buffer's order is.
     *
     * @param into where to; its position is unspecified after an exception
     * @throws java.nio.BufferOverflowException when the frame does not fit
     * @throws IllegalArgumentException when a number is negative that cannot be, or the payload is longer
     *     than a length of 24 bits can say
     * @throws IllegalStateException when the frame is an {@link Unknown}
     */
    void encode(ByteBuffer into);

    /**
     * The whole frame as bytes, header and payload.
     *
     * @return a new array of exactly the frame's size
     * @throws IllegalArgumentException as {@link #encode} does
     * @throws IllegalStateException as {@link #encode} does
     */
    default byte[] toBytes() {
        return FrameWriter.toBytes(this, 192);
    }
}
