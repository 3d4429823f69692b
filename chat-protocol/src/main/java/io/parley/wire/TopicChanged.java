package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * An entry: the topic changed. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param actor who did it
 * @param topic the topic, maybe empty
 */
public record TopicChanged(int room, long seq, long timeMillis, String actor, String topic) implements ServerFrame {
    static final int TYPE = 0x51;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x51 TOPIC_CHANGED: room varint | seq varint | timeMillis varint | actor string | topic string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.varint(into, timeMillis);
        ByteWriter.text(into, actor);
        ByteWriter.text(into, topic);
        FrameWriter.end(into, start);
    }

    static TopicChanged decode(ByteReader in) {
        return new TopicChanged(in.varint31(), in.varint(), in.varint(), in.text(), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onTopicChanged(this);
    }

    @Override
    public String toString() {
        return new ValueText("TOPIC_CHANGED")
                .number("room", room)
                .number("seq", seq)
                .number("timeMillis", timeMillis)
                .text("actor", actor)
                .text("topic", topic)
                .toString();
    }
}
