package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * Somebody in a room has another name. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param from the old name
 * @param user who it is, with the new name
 */
public record Renamed(int room, String from, UserItem user) implements ServerFrame {
    static final int TYPE = 0x56;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x56 RENAMED: room varint | from string | user user
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.text(into, from);
        user.encode(into);
        FrameWriter.end(into, start);
    }

    static Renamed decode(ByteReader in) {
        return new Renamed(in.varint31(), in.text(), UserItem.decode(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onRenamed(this);
    }

    @Override
    public String toString() {
        return new ValueText("RENAMED")
                .number("room", room)
                .text("from", from)
                .nested("user", user)
                .toString();
    }
}
