package io.parley.wire;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The primitives that frames are written with. No state, for any thread.
 *
 * <p>All of them write at the buffer's position and throw {@link BufferOverflowException} when it is full.
 * Nothing is allocated where the buffer has an array: a text goes from its characters straight into it.
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

    static void varint(ByteBuffer into, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        long rest = value;
        while (rest > 0x7F) {
            into.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    static int varintBytes(int value) {
        return value < 0x80 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    static void fixed64(ByteBuffer into, long value) {
        into.putLong(into.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value));
    }

    static void flag(ByteBuffer into, boolean value) {
        into.put((byte) (value ? 1 : 0));
    }

    static void bytes(ByteBuffer into, Bytes value) {
        varint(into, value.length());
        into.put(value.content());
    }

    /** Half a surrogate pair is written as a question mark: the wire has no form for it. */
    static void text(ByteBuffer into, String value) {
        boolean ascii = Utf8.isAscii(value);
        int length = ascii ? value.length() : Utf8.length(value);
        varint(into, length);
        if (!into.hasArray()) {
            into.put(value.getBytes(StandardCharsets.UTF_8));
            return;
        }
        int start = into.position();
        if (into.remaining() < length) {
            throw new BufferOverflowException();
        }
        if (ascii) {
            Utf8.encodeAscii(value, into.array(), into.arrayOffset() + start);
        } else {
            Utf8.encode(value, into.array(), into.arrayOffset() + start);
        }
        into.position(start + length);
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
