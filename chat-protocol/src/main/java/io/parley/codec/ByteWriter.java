package io.parley.codec;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes primitive values to a buffer. No state, for any thread.
 *
 * <p>All methods write at the buffer's position and throw {@link BufferOverflowException} when it is full. Nothing is
 * allocated where the buffer has an array: the characters of a text are written into it directly.
 */
public final class ByteWriter {
    private ByteWriter() {}

    /**
     * Writes a varint.
     *
     * @param into where to write
     * @param value a number from 0
     * @throws IllegalArgumentException if it is negative
     */
    public static void varint(ByteBuffer into, long value) {
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

    /**
     * How long a varint is.
     *
     * @param value a number from 0
     * @return its length in bytes
     */
    public static int varintBytes(int value) {
        return value < 0x80 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    /**
     * Writes eight bytes, the most significant first.
     *
     * @param into where to write
     * @param value 64 bits
     */
    public static void fixed64(ByteBuffer into, long value) {
        into.putLong(into.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value));
    }

    /**
     * Writes 1 for true and 0 for false.
     *
     * @param into where to write
     * @param value the flag
     */
    public static void flag(ByteBuffer into, boolean value) {
        into.put((byte) (value ? 1 : 0));
    }

    /**
     * Writes a length and the bytes.
     *
     * @param into where to write
     * @param value the bytes
     */
    public static void bytes(ByteBuffer into, Bytes value) {
        varint(into, value.length());
        into.put(value.content());
    }

    /**
     * Writes a length in bytes and a text in UTF-8. Half a surrogate pair becomes a question mark: UTF-8 has no form for it.
     *
     * @param into where to write
     * @param value the text
     */
    public static void text(ByteBuffer into, String value) {
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

    /**
     * Begins a group of fields that has its length in front.
     *
     * @param into where to write
     * @return what {@link #endGroup} is to be given
     */
    public static int beginGroup(ByteBuffer into) {
        into.put((byte) 0);
        return into.position();
    }

    /**
     * Ends a group of fields: writes its length in front of it. A group of 128 bytes or more is moved for that.
     *
     * @param into where the group was written
     * @param start what {@link #beginGroup} has given
     */
    public static void endGroup(ByteBuffer into, int start) {
        int length = into.position() - start;
        int more = varintBytes(length) - 1;
        if (more > into.remaining()) {
            throw new BufferOverflowException();
        }
        if (more > 0) {
            into.put(start + more, into, start, length);
        }
        varint(into.position(start - 1), length);
        into.position(start + more + length);
    }
}
