package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * A request succeeded and has nothing else to tell. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 */
public record Ok(long id) implements ServerFrame {
    static final int TYPE = 0x40;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x40 OK: id varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        FrameWriter.end(into, start);
    }

    static Ok decode(ByteReader in) {
        return new Ok(in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onOk(this);
    }

    @Override
    public String toString() {
        return new ValueText("OK").number("id", id).toString();
    }
}
