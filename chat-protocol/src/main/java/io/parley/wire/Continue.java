package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks to go on reading a room that the session has not left. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from {@link Resumed}
 * @param since the last entry that the client has, or null
 * @param last the most entries of backlog wanted where {@code since} is null
 */
public record Continue(long id, int room, @Nullable Since since, int last) implements ClientFrame {
    static final int TYPE = 0x13;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x13 CONTINUE: id varint | room varint | since 0 or (1 epoch u64 seq varint) | last varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        Since.encode(into, since);
        ByteWriter.varint(into, last);
        FrameWriter.end(into, start);
    }

    static Continue decode(ByteReader in) {
        return new Continue(in.varint(), in.varint31(), Since.decode(in), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onContinue(this);
    }

    @Override
    public String toString() {
        return new ValueText("CONTINUE")
                .number("id", id)
                .number("room", room)
                .nested("since", since == null ? "-" : since)
                .number("last", last)
                .toString();
    }
}
