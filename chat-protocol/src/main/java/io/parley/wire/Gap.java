package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Entries that are left out here; HISTORY has them. Immutable, for any thread.
 *
 * @param from the first number left out
 * @param to the last number left out
 * @param snapshot the room as it is at this point
 */
public record Gap(long from, long to, RoomSnapshot snapshot) implements ServerFrame {
    static final int TYPE = 0x59;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x59 GAP: from varint | to varint | snapshot snapshot
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, from);
        ByteWriter.varint(into, to);
        snapshot.encode(into);
        FrameWriter.end(into, start);
    }

    static Gap decode(ByteReader in) {
        return new Gap(in.varint(), in.varint(), RoomSnapshot.decode(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onGap(this);
    }

    @Override
    public String toString() {
        return new ValueText("GAP")
                .number("from", from)
                .number("to", to)
                .nested("snapshot", snapshot)
                .toString();
    }
}
