package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.ValueText;
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
        ByteWriter.bytes(into, data);
        FrameWriter.end(into, start);
    }

    static Challenge decode(ByteReader in) {
        return new Challenge(in.bytes());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onChallenge(this);
    }

    @Override
    public String toString() {
        return new ValueText("CHALLENGE").secret("data", data.length()).toString();
    }
}
