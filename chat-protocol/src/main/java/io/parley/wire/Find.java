package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks who has a name. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param name the name
 */
public record Find(long id, String name) implements ClientFrame {
    static final int TYPE = 0x1A;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x1A FIND: id varint | name string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.text(into, name);
        FrameWriter.end(into, start);
    }

    static Find decode(ByteReader in) {
        return new Find(in.varint(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onFind(this);
    }

    @Override
    public String toString() {
        return new ValueText("FIND").number("id", id).text("name", name).toString();
    }
}
