package io.parley.wire;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The primitives that frames are written with. No state, for any thread.
 *
 * <p>All of them write at the buffer's position and throw {@link BufferOverflowException} when it is full.
 * Nothing is allocated: a text goes from its characters straight into the buffer.
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
        int chars = value.length();
        int start = into.position();
        varint(into, chars);
        if (into.hasArray() && into.remaining() >= chars) {
            byte[] array = into.array();
            int at = into.arrayOffset() + into.position();
            int done = 0;
            while (done < chars) {
                char c = value.charAt(done);
                if (c >= 0x80) {
                    break;
                }
                array[at + done++] = (byte) c;
            }
            if (done == chars) {
                into.position(into.position() + chars);
                return;
            }
        }
        into.position(start);
        varint(into, utf8Length(value));
        utf8(into, value);
    }

    static int utf8Length(String value) {
        int chars = value.length();
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    bytes++;
                } else if (!Character.isSurrogate(c)) {
                    bytes += 2;
                } else if (isPair(value, i)) {
                    bytes += 2; // four bytes for two characters
                    i++;
                }
            }
        }
        return bytes;
    }

    private static void utf8(ByteBuffer into, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                into.put((byte) c);
            } else if (c < 0x800) {
                into.put((byte) (0xC0 | (c >> 6))).put((byte) (0x80 | (c & 0x3F)));
            } else if (!Character.isSurrogate(c)) {
                into.put((byte) (0xE0 | (c >> 12)));
                into.put((byte) (0x80 | ((c >> 6) & 0x3F))).put((byte) (0x80 | (c & 0x3F)));
            } else if (isPair(value, i)) {
                int point = Character.toCodePoint(c, value.charAt(++i));
                into.put((byte) (0xF0 | (point >> 18))).put((byte) (0x80 | ((point >> 12) & 0x3F)));
                into.put((byte) (0x80 | ((point >> 6) & 0x3F))).put((byte) (0x80 | (point & 0x3F)));
            } else {
                into.put((byte) '?');
            }
        }
    }

    private static boolean isPair(String value, int at) {
        return Character.isHighSurrogate(value.charAt(at))
                && at + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(at + 1));
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
