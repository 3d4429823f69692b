package io.parley.wire;

import java.nio.ByteBuffer;

/**
 * The server's turn in a login of several steps. Immutable, for any thread.
 *
 * @param data bytes of the mechanism
 */
public record Challenge(Bytes data) implements ServerFrame {
    static final int TYPE = 0x02;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x02 CHALLENGE: data bytes
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        FrameWriter.bytes(into, data);
        FrameWriter.end(into, start);
    }

    static Challenge decode(FrameReader in) {
        return new Challenge(in.bytes());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onChallenge(this);
    }

    @Override
    public String toString() {
        return new FrameText("CHALLENGE").secret("data", data.length()).toString();
    }
}
