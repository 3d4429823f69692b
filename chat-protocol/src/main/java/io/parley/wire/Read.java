package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Says up to which entry the account has read a room. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry
 */
public record Read(long id, int room, long seq) implements ClientFrame {
    static final int TYPE = 0x17;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x17 READ: id varint | room varint | seq varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        FrameWriter.end(into, start);
    }

    static Read decode(ByteReader in) {
        return new Read(in.varint(), in.varint31(), in.varint());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onRead(this);
    }

    @Override
    public String toString() {
        return new ValueText("READ")
                .number("id", id)
                .number("room", room)
                .number("seq", seq)
                .toString();
    }
}
