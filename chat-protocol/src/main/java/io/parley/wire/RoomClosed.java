package io.parley.wire;

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
        FrameWriter.varint(into, room);
        FrameWriter.varint(into, code);
        FrameWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static RoomClosed decode(FrameReader in) {
        return new RoomClosed(in.varint31(), in.varint31(), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onRoomClosed(this);
    }

    @Override
    public String toString() {
        return new FrameText("ROOM_CLOSED")
                .number("room", room)
                .code("code", code)
                .text("text", text)
                .toString();
    }
}
