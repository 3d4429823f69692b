package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Tags;
import java.nio.ByteBuffer;

/**
 * Says something in a room. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param cid the number of the message within its origin, from 1
 * @param body the text
 * @param tags what goes with the text
 */
public record Say(int room, long cid, String body, Tags tags) implements ClientFrame {
    static final int TYPE = 0x20;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x20 SAY: room varint | cid varint | body string | tags tags
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, cid);
        ByteWriter.text(into, body);
        tags.encode(into);
        FrameWriter.end(into, start);
    }

    static Say decode(ByteReader in) {
        return new Say(in.varint31(), in.varint(), in.text(), Tags.decode(in));
    }

    @Override
    public byte[] toBytes() {
        return FrameWriter.toBytes(this, 32 + body.length() + tags.encodedBytes());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onSay(this);
    }

    @Override
    public String toString() {
        return new ValueText("SAY")
                .number("room", room)
                .number("cid", cid)
                .text("body", body)
                .nested("tags", tags)
                .toString();
    }
}
