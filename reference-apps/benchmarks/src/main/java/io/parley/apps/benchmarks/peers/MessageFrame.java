package io.parley.apps.benchmarks.peers;

import io.parley.wire.Wire;
import java.nio.ByteBuffer;

/**
 * Makes the MESSAGE for a SAY without decoding its text: body and tags are the same bytes in both. No state, for any
 * thread.
 *
 * <pre>
 *   SAY      0x20 | length u24 | room varint | cid varint | body and tags
 *   MESSAGE  0x60 | length u24 | room varint | seq varint | timeMillis varint | origin u64 | cid varint
 *            | author user | body and tags
 * </pre>
 *
 * <p>Buffers are big-endian.
 */
final class MessageFrame {
    static final int MAX_VARINT = 9;

    private static final int TYPE = 0x60;

    private MessageFrame() {}

    /** The most bytes that {@link #encode} writes for a text of so many bytes. */
    static int maxBytes(Sender sender, int textBytes) {
        return Wire.HEADER_BYTES + 4 * MAX_VARINT + Long.BYTES + sender.encodedUser().length + textBytes;
    }

    /** Writes one at the buffer's position; {@code text} is body and tags, and is consumed. */
    static void encode(ByteBuffer into, int room, long seq, long timeMillis, Sender sender, long cid, ByteBuffer text) {
        int start = into.position();
        into.position(start + Wire.HEADER_BYTES);
        varint(into, room);
        varint(into, seq);
        varint(into, timeMillis);
        into.putLong(sender.origin());
        varint(into, cid);
        into.put(sender.encodedUser());
        into.put(text);
        into.putInt(start, TYPE << 24 | (into.position() - start - Wire.HEADER_BYTES));
    }

    static void varint(ByteBuffer into, long value) {
        long rest = value;
        while (rest > 0x7F) {
            into.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    /** Reads one of at most 63 bits; what is longer is cut off, for we trust our load. */
    static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = from.get();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }
}
