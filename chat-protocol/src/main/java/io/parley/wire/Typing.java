package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Says that the user is typing. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 */
public record Typing(int room) implements ClientFrame {
    static final int TYPE = 0xA1;

    @Override
    public int type() {
        return TYPE;
    }

    //  0xA1 TYPING: room varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        FrameWriter.end(into, start);
    }

    static Typing decode(ByteReader in) {
        return new Typing(in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onTyping(this);
    }

    @Override
    public String toString() {
        return new ValueText("TYPING").number("room", room).toString();
    }
}
