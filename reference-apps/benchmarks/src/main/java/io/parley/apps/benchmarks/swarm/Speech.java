package io.parley.apps.benchmarks.swarm;

import io.parley.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Encodes the SAY and READ frames of the load generator, by hand so that they cost little. The text is the time in 16 hexadecimal
 * digits, and then x up to its length. One thread.
 */
final class Speech {
    static final int TIME_DIGITS = 16;

    private static final int SAY = 0x20;
    private static final int READ = 0x17;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] rest; // the rest of the text, and no tags

    /** Makes texts of 16 to 127 bytes, a length that takes one byte on the wire. */
    Speech(int bodyBytes) {
        if (bodyBytes < TIME_DIGITS || bodyBytes > 127) {
            throw new IllegalArgumentException("a text has 16 to 127 bytes here: " + bodyBytes);
        }
        rest = ("x".repeat(bodyBytes - TIME_DIGITS) + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    int bodyBytes() {
        return rest.length - 1 + TIME_DIGITS;
    }

    void encode(ByteBuffer into, int room, long cid, long nanoTime) {
        int start = into.position();
        into.putInt(0);
        varint(into, room);
        varint(into, cid);
        into.put((byte) bodyBytes());
        for (int shift = 60; shift >= 0; shift -= 4) {
            into.put(DIGITS[(int) (nanoTime >>> shift) & 15]);
        }
        into.put(rest);
        into.putInt(start, SAY << 24 | into.position() - start - Wire.HEADER_BYTES);
    }

    static void encodeRead(ByteBuffer into, long id, int room, long seq) {
        int start = into.position();
        into.putInt(0);
        varint(into, id);
        varint(into, room);
        varint(into, seq);
        into.putInt(start, READ << 24 | into.position() - start - Wire.HEADER_BYTES);
    }

    private static void varint(ByteBuffer into, long value) {
        long left = value;
        for (; left > 127; left >>>= 7) {
            into.put((byte) (left | 0x80));
        }
        into.put((byte) left);
    }

    /** The time at the start of a text. */
    static long timeAt(ByteBuffer in, int at) {
        long value = 0;
        for (int i = at; i < at + TIME_DIGITS; i++) {
            int digit = in.get(i);
            value = value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }
}
