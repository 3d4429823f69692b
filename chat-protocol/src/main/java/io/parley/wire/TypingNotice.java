package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * Somebody is typing. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param user who is typing
 */
public record TypingNotice(int room, UserItem user) implements ServerFrame {
    static final int TYPE = 0xD5;

    @Override
    public int type() {
        return TYPE;
    }

    //  0xD5 TYPING_NOTICE: room varint | user user
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        user.encode(into);
        FrameWriter.end(into, start);
    }

    static TypingNotice decode(ByteReader in) {
        return new TypingNotice(in.varint31(), UserItem.decode(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onTypingNotice(this);
    }

    @Override
    public String toString() {
        return new ValueText("TYPING_NOTICE")
                .number("room", room)
                .nested("user", user)
                .toString();
    }
}
