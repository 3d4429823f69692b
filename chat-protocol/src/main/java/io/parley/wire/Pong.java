package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The answer to a {@link Ping}. Immutable, for any thread.
 *
 * @param nonce any number, answered as it is
 */
public record Pong(long nonce) implements ClientFrame, ServerFrame {
    static final int TYPE = 0x07;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x07 PONG: nonce varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, nonce);
        FrameWriter.end(into, start);
    }

    static Pong decode(ByteReader in) {
        return new Pong(in.varint());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onPong(this);
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onPong(this);
    }

    @Override
    public String toString() {
        return new ValueText("PONG").number("nonce", nonce).toString();
    }
}
