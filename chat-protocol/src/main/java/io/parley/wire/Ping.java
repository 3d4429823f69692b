package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for a sign of life. Immutable, for any thread.
 *
 * @param nonce any number, answered as it is
 */
public record Ping(long nonce) implements ClientFrame, ServerFrame {
    static final int TYPE = 0x06;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x06 PING: nonce varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, nonce);
        FrameWriter.end(into, start);
    }

    static Ping decode(ByteReader in) {
        return new Ping(in.varint());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onPing(this);
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onPing(this);
    }

    @Override
    public String toString() {
        return new ValueText("PING").number("nonce", nonce).toString();
    }
}
