package io.parley.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One room of a listing. Immutable, for any thread.
 *
 * @param name the name
 * @param topic the topic, maybe empty
 * @param members how many members it has
 */
public record RoomItem(String name, String topic, int members) {
    private static final int LEAST_BYTES = 3;

    //  name string | topic string | members varint
    void encode(ByteBuffer into) {
        FrameWriter.text(into, name);
        FrameWriter.text(into, topic);
        FrameWriter.varint(into, members);
    }

    static RoomItem decode(FrameReader in) {
        return new RoomItem(in.text(), in.text(), in.varint31());
    }

    //  count varint | count x the above
    static void encodeAll(ByteBuffer into, List<RoomItem> items) {
        FrameWriter.varint(into, items.size());
        for (RoomItem item : items) {
            item.encode(into);
        }
    }

    static List<RoomItem> decodeAll(FrameReader in) {
        RoomItem[] items = new RoomItem[in.count(LEAST_BYTES)];
        for (int i = 0; i < items.length; i++) {
            items[i] = decode(in);
        }
        return List.of(items);
    }

    @Override
    public String toString() {
        return new FrameText("ROOM_ITEM")
                .text("name", name)
                .text("topic", topic)
                .number("members", members)
                .toString();
    }
}
