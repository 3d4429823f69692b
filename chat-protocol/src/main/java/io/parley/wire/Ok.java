package io.parley.wire;

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
        FrameWriter.varint(into, id);
        FrameWriter.end(into, start);
    }

    static Ok decode(FrameReader in) {
        return new Ok(in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onOk(this);
    }

    @Override
    public String toString() {
        return new FrameText("OK").number("id", id).toString();
    }
}
