package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Says whose direct messages the user takes. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param mode the number of a {@link io.parley.model.DirectMode}
 */
public record AllowDirect(long id, int mode) implements ClientFrame {
    static final int TYPE = 0x1D;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x1D ALLOW_DIRECT: id varint | mode varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, mode);
        FrameWriter.end(into, start);
    }

    static AllowDirect decode(ByteReader in) {
        return new AllowDirect(in.varint(), in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onAllowDirect(this);
    }

    @Override
    public String toString() {
        return new ValueText("ALLOW_DIRECT")
                .number("id", id)
                .number("mode", mode)
                .toString();
    }
}
