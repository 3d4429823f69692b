package io.parley.wire;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the header around a frame's payload. No state, for any thread.
 *
 * <p>The methods write at the buffer's position and throw {@link BufferOverflowException} when it is full.
 */
final class FrameWriter {
    private FrameWriter() {}

    /** Leaves room for the header's length, which {@link #end} fills in; answers where the payload begins. */
    static int begin(ByteBuffer into, int type) {
        into.put((byte) type).put((byte) 0).put((byte) 0).put((byte) 0);
        return into.position();
    }

    static void end(ByteBuffer into, int payloadStart) {
        int length = into.position() - payloadStart;
        if (length > Wire.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("payload of " + length + " bytes");
        }
        into.put(payloadStart - 3, (byte) (length >>> 16));
        into.put(payloadStart - 2, (byte) (length >>> 8));
        into.put(payloadStart - 1, (byte) length);
    }

    /** The frame in an array of its own; a guess that is too small costs time and nothing else. */
    static byte[] toBytes(Frame frame, int guess) {
        int size = guess;
        while (true) {
            ByteBuffer into = ByteBuffer.allocate(size);
            try {
                frame.encode(into);
                byte[] array = into.array();
                return into.hasRemaining() ? Arrays.copyOf(array, into.position()) : array;
            } catch (BufferOverflowException tooSmall) {
                if (size > Wire.HEADER_BYTES + Wire.MAX_PAYLOAD_BYTES) {
                    throw new IllegalArgumentException("a frame too long, of type " + frame.type(), tooSmall);
                }
                size *= 4;
            }
        }
    }
}
