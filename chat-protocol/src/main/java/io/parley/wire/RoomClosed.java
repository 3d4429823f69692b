package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.ErrorCode;
import java.nio.ByteBuffer;

/**
 * The client is out of the room, unasked; no entry of it follows. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param code one of {@link ErrorCode}, or unknown
 * @param text words for people, maybe empty
 */
public record RoomClosed(int room, int code, String text) implements ServerFrame {
    static final int TYPE = 0x5A;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x5A ROOM_CLOSED: room varint | code varint | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, code);
        ByteWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static RoomClosed decode(ByteReader in) {
        return new RoomClosed(in.varint31(), in.varint31(), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onRoomClosed(this);
    }

    @Override
    public String toString() {
        return new ValueText("ROOM_CLOSED")
                .number("room", room)
                .code("code", code, ErrorCode.name(code))
                .text("text", text)
                .toString();
    }
}
