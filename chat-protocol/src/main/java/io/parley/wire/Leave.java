package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks to leave a room. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 */
public record Leave(long id, int room) implements ClientFrame {
    static final int TYPE = 0x11;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x11 LEAVE: id varint | room varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        FrameWriter.end(into, start);
    }

    static Leave decode(ByteReader in) {
        return new Leave(in.varint(), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onLeave(this);
    }

    @Override
    public String toString() {
        return new ValueText("LEAVE").number("id", id).number("room", room).toString();
    }
}
