package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for another topic. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param topic the topic, maybe empty
 */
public record SetTopic(long id, int room, String topic) implements ClientFrame {
    static final int TYPE = 0x13;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x13 SET_TOPIC: id varint | room varint | topic string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.text(into, topic);
        FrameWriter.end(into, start);
    }

    static SetTopic decode(ByteReader in) {
        return new SetTopic(in.varint(), in.varint31(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onSetTopic(this);
    }

    @Override
    public String toString() {
        return new ValueText("SET_TOPIC")
                .number("id", id)
                .number("room", room)
                .text("topic", topic)
                .toString();
    }
}
