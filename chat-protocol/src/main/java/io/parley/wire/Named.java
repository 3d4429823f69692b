package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The user has the name now. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param name the name
 */
public record Named(long id, String name) implements ServerFrame {
    static final int TYPE = 0x48;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x48 NAMED: id varint | name string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.text(into, name);
        FrameWriter.end(into, start);
    }

    static Named decode(ByteReader in) {
        return new Named(in.varint(), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onNamed(this);
    }

    @Override
    public String toString() {
        return new ValueText("NAMED").number("id", id).text("name", name).toString();
    }
}
