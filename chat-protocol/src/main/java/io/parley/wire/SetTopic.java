package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Sets another topic. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param cid the number of the command within its origin, from 1
 * @param topic the topic, maybe empty
 */
public record SetTopic(int room, long cid, String topic) implements ClientFrame {
    static final int TYPE = 0x21;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x21 SET_TOPIC: room varint | cid varint | topic string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, cid);
        ByteWriter.text(into, topic);
        FrameWriter.end(into, start);
    }

    static SetTopic decode(ByteReader in) {
        return new SetTopic(in.varint31(), in.varint(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onSetTopic(this);
    }

    @Override
    public String toString() {
        return new ValueText("SET_TOPIC")
                .number("room", room)
                .number("cid", cid)
                .text("topic", topic)
                .toString();
    }
}
