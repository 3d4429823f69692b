package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The client is out of the room; no entry of it follows. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 */
public record Left(long id, int room) implements ServerFrame {
    static final int TYPE = 0x44;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x44 LEFT: id varint | room varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        FrameWriter.end(into, start);
    }

    static Left decode(ByteReader in) {
        return new Left(in.varint(), in.varint31());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onLeft(this);
    }

    @Override
    public String toString() {
        return new ValueText("LEFT").number("id", id).number("room", room).toString();
    }
}
