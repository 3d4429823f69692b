package io.parley.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads primitive values from a range of an array. One thread at a time.
 *
 * <p>Every method that reads checks the remaining bytes before it takes or allocates any. It throws a {@link
 * MalformedException} when they are too few or not in their one legal form.
 */
public final class ByteReader {
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

    /** Makes a reader of no bytes. */
    public ByteReader() {}

    /**
     * Puts the reader at the start of a range.
     *
     * @param source the array; it is read in place
     * @param offset where the range begins
     * @param length how many bytes it has
     */
    public void over(byte[] source, int offset, int length) {
        array = source;
        at = offset;
        end = offset + length;
    }

    /** Forgets the array, which belongs to somebody else. */
    public void release() {
        over(NOTHING, 0, 0);
    }

    /** Frees the memory that was kept for the next text. */
    public void rest() {
        characters = NO_CHARACTERS;
    }

    /**
     * The memory kept for the next text.
     *
     * @return a number of bytes
     */
    public int heldBytes() {
        return Character.BYTES * characters.length;
    }

    /**
     * Reads a varint in its shortest form.
     *
     * @return a number of at most 63 bits
     */
    public long varint() {
        if (at < end && array[at] >= 0) {
            return array[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = one();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (next == 0) {
                    throw new MalformedException("a varint longer than it need be");
                }
                return value;
            }
        }
        throw new MalformedException("a varint over 63 bits");
    }

    /**
     * Reads a varint in its shortest form.
     *
     * @return a number of at most 31 bits
     */
    public int varint31() {
        long value = varint();
        if (value > Integer.MAX_VALUE) {
            throw new MalformedException("a number over 31 bits");
        }
        return (int) value;
    }

    /**
     * Reads eight bytes, the most significant first.
     *
     * @return 64 bits
     */
    public long fixed64() {
        need(Long.BYTES);
        long value = (long) LONGS.get(array, at);
        at += Long.BYTES;
        return value;
    }

    /**
     * Reads a byte that is 0 or 1.
     *
     * @return true for 1
     */
    public boolean flag() {
        byte value = one();
        if (value < 0 || value > 1) {
            throw new MalformedException("a flag that is neither 0 nor 1");
        }
        return value == 1;
    }

    /**
     * Reads a byte.
     *
     * @return the byte
     */
    public byte one() {
        need(1);
        return array[at++];
    }

    /**
     * Reads a length and as many bytes.
     *
     * @return the bytes
     */
    public Bytes bytes() {
        int length = length();
        int from = at;
        at += length;
        return length == 0 ? Bytes.EMPTY : Bytes.wrap(Arrays.copyOfRange(array, from, at));
    }

    /**
     * Reads a length in bytes and a text in UTF-8.
     *
     * @return the text
     */
    public String text() {
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
            throw new MalformedException("text that is not UTF-8");
        }
        return new String(characters, 0, count);
    }

    /**
     * Reads all that is left of the range or the group.
     *
     * @return the bytes, perhaps none
     */
    public Bytes remaining() {
        int from = at;
        at = end;
        return from == end ? Bytes.EMPTY : Bytes.wrap(Arrays.copyOfRange(array, from, end));
    }

    /**
     * Reads the number of items of a list. More items than can follow are refused, before a list of that size is made.
     *
     * @param itemBytes how many bytes an item takes at least
     * @return the number of items
     */
    public int count(int itemBytes) {
        int count = varint31();
        if (count > (end - at) / itemBytes) {
            throw new MalformedException("a list longer than its frame");
        }
        return count;
    }

    /**
     * Begins to read a group of fields that has its length in front: nothing behind its end is read until {@link #endGroup}.
     *
     * @return what {@link #endGroup} is to be given
     */
    public int beginGroup() {
        int length = length();
        int outer = end;
        end = at + length;
        return outer;
    }

    /**
     * Ends a group of fields, and skips what is left of it.
     *
     * @param outer what {@link #beginGroup} has given
     */
    public void endGroup(int outer) {
        at = end;
        end = outer;
    }

    private int length() {
        int length = varint31();
        need(length);
        return length;
    }

    private void need(int bytes) {
        if (bytes > end - at) {
            throw new MalformedException("a payload that ends too early");
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
}
