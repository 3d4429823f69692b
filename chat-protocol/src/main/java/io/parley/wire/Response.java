package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The answer to a {@link Challenge}. Immutable, for any thread.
 *
 * @param data bytes of the mechanism
 */
public record Response(Bytes data) implements ClientFrame {
    static final int TYPE = 0x03;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x03 RESPONSE: data bytes
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.bytes(into, data);
        FrameWriter.end(into, start);
    }

    static Response decode(ByteReader in) {
        return new Response(in.bytes());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onResponse(this);
    }

    @Override
    public String toString() {
        return new ValueText("RESPONSE").secret("data", data.length()).toString();
    }
}
