package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for the rooms there are, by pages. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param after the last name already known, or empty for the start
 * @param limit the most that may be answered
 */
public record Rooms(long id, String after, int limit) implements ClientFrame {
    static final int TYPE = 0x15;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x15 ROOMS: id varint | after string | limit varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.text(into, after);
        ByteWriter.varint(into, limit);
        FrameWriter.end(into, start);
    }

    static Rooms decode(ByteReader in) {
        return new Rooms(in.varint(), in.text(), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onRooms(this);
    }

    @Override
    public String toString() {
        return new ValueText("ROOMS")
                .number("id", id)
                .text("after", after)
                .number("limit", limit)
                .toString();
    }
}
