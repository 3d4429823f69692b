package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for the restrictions of a room, by pages. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param after the number of the last restriction already known, or 0 for the start
 * @param limit the most that may be answered
 */
public record Bans(long id, int room, long after, int limit) implements ClientFrame {
    static final int TYPE = 0x1B;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x1B BANS: id varint | room varint | after varint | limit varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, after);
        ByteWriter.varint(into, limit);
        FrameWriter.end(into, start);
    }

    static Bans decode(ByteReader in) {
        return new Bans(in.varint(), in.varint31(), in.varint(), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onBans(this);
    }

    @Override
    public String toString() {
        return new ValueText("BANS")
                .number("id", id)
                .number("room", room)
                .number("after", after)
                .number("limit", limit)
                .toString();
    }
}
