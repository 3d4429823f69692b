package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for members of a room, by pages. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param after the last name already known, or empty for the start
 * @param limit the most that may be answered
 */
public record Members(long id, int room, String after, int limit) implements ClientFrame {
    static final int TYPE = 0x14;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x14 MEMBERS: id varint | room varint | after string | limit varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.text(into, after);
        ByteWriter.varint(into, limit);
        FrameWriter.end(into, start);
    }

    static Members decode(ByteReader in) {
        return new Members(in.varint(), in.varint31(), in.text(), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onMembers(this);
    }

    @Override
    public String toString() {
        return new ValueText("MEMBERS")
                .number("id", id)
                .number("room", room)
                .text("after", after)
                .number("limit", limit)
                .toString();
    }
}
