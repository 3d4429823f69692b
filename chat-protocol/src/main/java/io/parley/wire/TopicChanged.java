package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Entry;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * An entry: the topic changed. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param origin the session whose command it was: the 64 bits of its origin
 * @param cid the number of the command within its origin, from 1
 * @param author who did it
 * @param topic the topic, maybe empty
 */
public record TopicChanged(int room, long seq, long timeMillis, long origin, long cid, UserItem author, String topic)
        implements ServerFrame {
    static final int TYPE = 0x61;

    /**
     * The entry that it tells of.
     *
     * @return a new value
     */
    public Entry.TopicChanged entry() {
        return new Entry.TopicChanged(seq, timeMillis, origin, cid, author, topic);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x61 TOPIC_CHANGED: room varint | seq varint | timeMillis varint | origin u64 | cid varint | author user
    //     | topic string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.varint(into, timeMillis);
        ByteWriter.fixed64(into, origin);
        ByteWriter.varint(into, cid);
        author.encode(into);
        ByteWriter.text(into, topic);
        FrameWriter.end(into, start);
    }

    static TopicChanged decode(ByteReader in) {
        return new TopicChanged(
                in.varint31(), in.varint(), in.varint(), in.fixed64(), in.varint(), UserItem.decode(in), in.text());
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
                .bits("origin", origin)
                .number("cid", cid)
                .nested("author", author)
                .text("topic", topic)
                .toString();
    }
}
