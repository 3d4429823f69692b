package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for the rooms and conversations that the account is a member of, by pages. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param after where the page begins: {@code next} of the page before, or empty for the start
 * @param limit the most that may be answered
 */
public record Mine(long id, String after, int limit) implements ClientFrame {
    static final int TYPE = 0x30;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x30 MINE: id varint | after string | limit varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.text(into, after);
        ByteWriter.varint(into, limit);
        FrameWriter.end(into, start);
    }

    static Mine decode(ByteReader in) {
        return new Mine(in.varint(), in.text(), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onMine(this);
    }

    @Override
    public String toString() {
        return new ValueText("MINE")
                .number("id", id)
                .text("after", after)
                .number("limit", limit)
                .toString();
    }
}
