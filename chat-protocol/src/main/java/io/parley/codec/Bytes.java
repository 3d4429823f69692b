package io.parley.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** A sequence of bytes that never changes, equal to any other with the same content. Immutable, for any thread. */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int SHOWN = 32;

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /**
     * Copies an array.
     *
     * @param content the bytes
     * @return the same bytes, whatever becomes of the array
     */
    public static Bytes of(byte[] content) {
        return wrap(content.clone());
    }

    // The array is ours from now on.
    static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /**
     * Reads hexadecimal digits.
     *
     * @param hex an even number of digits, in either case
     * @return the bytes
     * @throws IllegalArgumentException when it is anything else
     */
    public static Bytes fromHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /**
     * How many bytes there are.
     *
     * @return the length in bytes
     */
    public int length() {
        return content.length;
    }

    /**
     * The bytes as an array.
     *
     * @return a new array
     */
    public byte[] toArray() {
        return content.clone();
    }

    /**
     * The bytes as a buffer.
     *
     * @return a new read-only buffer over all of them
     */
    public ByteBuffer asReadOnlyBuffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /**
     * All bytes in hexadecimal digits.
     *
     * @return two lower-case digits for each byte
     */
    public String hex() {
        return HexFormat.of().formatHex(content);
    }

    // For this package to read, never to change and never to hand out: saves a copy.
    byte[] content() {
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** At most 32 bytes in hexadecimal digits; how many more there are, if there are. */
    @Override
    public String toString() {
        return content.length <= SHOWN
                ? hex()
                : HexFormat.of().formatHex(content, 0, SHOWN) + "..+" + (content.length - SHOWN);
    }
}
