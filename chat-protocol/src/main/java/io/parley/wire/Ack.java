package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * A message was ordered, though its own entry is not sent here. Immutable, for any thread.
 *
 * @param cid the number of the message within its origin, from 1
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 */
public record Ack(long cid, int room, long seq) implements ServerFrame {
    static final int TYPE = 0x58;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x58 ACK: cid varint | room varint | seq varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, cid);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        FrameWriter.end(into, start);
    }

    static Ack decode(ByteReader in) {
        return new Ack(in.varint(), in.varint31(), in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onAck(this);
    }

    @Override
    public String toString() {
        return new ValueText("ACK")
                .number("cid", cid)
                .number("room", room)
                .number("seq", seq)
                .toString();
    }
}
