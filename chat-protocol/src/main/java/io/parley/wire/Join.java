package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks to enter a room, or to go on reading one. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the name of the room
 * @param since the last entry that the client has, or null
 * @param last the most entries of backlog wanted where {@code since} is null
 * @param key a password of the room, or empty
 */
public record Join(long id, String room, @Nullable Since since, int last, String key) implements ClientFrame {
    static final int TYPE = 0x10;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x10 JOIN: id varint | room string | since 0 or (1 epoch u64 seq varint) | last varint | key string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.text(into, room);
        Since.encode(into, since);
        ByteWriter.varint(into, last);
        ByteWriter.text(into, key);
        FrameWriter.end(into, start);
    }

    static Join decode(ByteReader in) {
        return new Join(in.varint(), in.text(), Since.decode(in), in.varint31(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onJoin(this);
    }

    @Override
    public String toString() {
        return new ValueText("JOIN")
                .number("id", id)
                .text("room", room)
                .nested("since", since == null ? "-" : since)
                .number("last", last)
                .secret("key", key.length())
                .toString();
    }
}
