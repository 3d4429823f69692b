package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A place in a room's log: the last entry that a client has. Immutable, for any thread.
 *
 * @param epoch the epoch of the room's numbers
 * @param seq the number of the entry, 0 for the place before the first
 */
public record Since(long epoch, long seq) {
    //  0, or 1 | epoch u64 | seq varint
    static void encode(ByteBuffer into, @Nullable Since since) {
        ByteWriter.flag(into, since != null);
        if (since != null) {
            ByteWriter.fixed64(into, since.epoch);
            ByteWriter.varint(into, since.seq);
        }
    }

    static @Nullable Since decode(ByteReader in) {
        return in.flag() ? new Since(in.fixed64(), in.varint()) : null;
    }

    @Override
    public String toString() {
        return new ValueText("SINCE").bits("epoch", epoch).number("seq", seq).toString();
    }
}
