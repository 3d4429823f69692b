package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks to enter the conversation with another user. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param user the id of the other
 * @param since the last entry that the client has, or absent
 * @param last the most entries of backlog wanted where {@code since} is absent
 */
public record Direct(long id, long user, @Nullable Since since, int last) implements ClientFrame {
    static final int TYPE = 0x18;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x18 DIRECT: id varint | user u64 | since since | last varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.fixed64(into, user);
        Since.encode(into, since);
        ByteWriter.varint(into, last);
        FrameWriter.end(into, start);
    }

    static Direct decode(ByteReader in) {
        return new Direct(in.varint(), in.fixed64(), Since.decode(in), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onDirect(this);
    }

    @Override
    public String toString() {
        return new ValueText("DIRECT")
                .number("id", id)
                .bits("user", user)
                .nested("since", since == null ? "-" : since)
                .number("last", last)
                .toString();
    }
}
