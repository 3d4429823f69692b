package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Somebody is typing. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param name the name
 */
public record TypingNotice(int room, String name) implements ServerFrame {
    static final int TYPE = 0xD5;

    @Override
    public int type() {
        return TYPE;
    }

    //  0xD5 TYPING_NOTICE: room varint | name string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.text(into, name);
        FrameWriter.end(into, start);
    }

    static TypingNotice decode(ByteReader in) {
        return new TypingNotice(in.varint31(), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onTypingNotice(this);
    }

    @Override
    public String toString() {
        return new ValueText("TYPING_NOTICE")
                .number("room", room)
                .text("name", name)
                .toString();
    }
}
