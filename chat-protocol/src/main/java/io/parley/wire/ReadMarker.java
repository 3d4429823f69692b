package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The account has read a room up to a number, on another connection. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry
 */
public record ReadMarker(int room, long seq) implements ServerFrame {
    static final int TYPE = 0xD6;

    @Override
    public int type() {
        return TYPE;
    }

    //  0xD6 READ_MARKER: room varint | seq varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        FrameWriter.end(into, start);
    }

    static ReadMarker decode(ByteReader in) {
        return new ReadMarker(in.varint31(), in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onReadMarker(this);
    }

    @Override
    public String toString() {
        return new ValueText("READ_MARKER")
                .number("room", room)
                .number("seq", seq)
                .toString();
    }
}
