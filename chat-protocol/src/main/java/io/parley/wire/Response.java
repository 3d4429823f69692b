package io.parley.wire;

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
        FrameWriter.bytes(into, data);
        FrameWriter.end(into, start);
    }

    static Response decode(FrameReader in) {
        return new Response(in.bytes());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onResponse(this);
    }

    @Override
    public String toString() {
        return new FrameText("RESPONSE").secret("data", data.length()).toString();
    }
}
