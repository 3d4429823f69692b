package io.parley.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The primitives that payloads are read with: a place in an array. One thread at a time: its decoder's.
 *
 * <p>Every method checks the bytes that are left before it takes or allocates any, and throws a {@link
 * ProtocolException} with MALFORMED when they do not suffice or are not in their one legal form.
 */
final class FrameReader {
    private static final byte[] NOTHING = {};
    private static final char[] NO_CHARACTERS = {};
    private static final int USUAL_TEXT = 128;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    // From here on: the decoder's thread only.
    private byte[] array = NOTHING;
    private int at;
    private int end;
    private char[] characters = NO_CHARACTERS; // of a text that is not ASCII, on its way from the array

    void over(byte[] source, int offset, int length) {
        array = source;
        at = offset;
        end = offset + length;
    }

    /** Lets go of the array, which is the transport's. */
    void release() {
        over(NOTHING, 0, 0);
    }

    /** Lets go of all that was kept for the next text. */
    void rest() {
        characters = NO_CHARACTERS;
    }

    /** The bytes of memory held between frames. */
    int heldBytes() {
        return Character.BYTES * characters.length;
    }

    /** A varint of at most 63 bits, in its shortest form. */
    long varint() {
        if (at < end && array[at] >= 0) {
            return array[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = one();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (next == 0) {
                    throw malformed("a varint longer than it need be");
                }
                return value;
            }
        }
        throw malformed("a varint over 63 bits");
    }

    int varint31() {
        long value = varint();
        if (value > Integer.MAX_VALUE) {
            throw malformed("a number over 31 bits");
        }
        return (int) value;
    }

    long fixed64() {
        need(Long.BYTES);
        long value = (long) LONGS.get(array, at);
        at += Long.BYTES;
        return value;
    }

    boolean flag() {
        byte value = one();
        if (value < 0 || value > 1) {
            throw malformed("a flag that is neither 0 nor 1");
        }
        return value == 1;
    }

    byte one() {
        need(1);
        return array[at++];
    }

    Bytes bytes() {
        int length = length();
        int from = at;
        at += length;
        return length == 0 ? Bytes.EMPTY : Bytes.wrap(Arrays.copyOfRange(array, from, at));
    }

    String text() {
        int length = length();
        int from = at;
        at += length;
        if (length == 0) {
            return "";
        }
        if (isAscii(array, from, at)) {
            return new String(array, from, length, StandardCharsets.ISO_8859_1);
        }
        if (characters.length < length) {
            characters = new char[Math.max(length, USUAL_TEXT)];
        }
        int count = Utf8.decode(array, from, at, characters);
        if (count < 0) {
            throw malformed("text that is not UTF-8");
        }
        return new String(characters, 0, count);
    }

    /** The count of a list whose items take at least so many bytes each: more cannot follow. */
    int count(int itemBytes) {
        int count = varint31();
        if (count > (end - at) / itemBytes) {
            throw malformed("a list longer than its frame");
        }
        return count;
    }

    private int length() {
        int length = varint31();
        need(length);
        return length;
    }

    private void need(int bytes) {
        if (bytes > end - at) {
            throw malformed("a payload that ends too early");
        }
    }

    private static boolean isAscii(byte[] array, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            if (((long) LONGS.get(array, i) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (array[i] < 0) {
                return false;
            }
        }
        return true;
    }

    static ProtocolException malformed(String what) {
        return new ProtocolException(ErrorCode.MALFORMED, what);
    }
}
