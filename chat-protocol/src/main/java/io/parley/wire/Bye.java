package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The last frame of a side that ends in order. Immutable, for any thread.
 *
 * @param text words for people, maybe empty
 */
public record Bye(String text) implements ClientFrame, ServerFrame {
    static final int TYPE = 0x08;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x08 BYE: text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Bye decode(ByteReader in) {
        return new Bye(in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onBye(this);
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onBye(this);
    }

    @Override
    public String toString() {
        return new ValueText("BYE").text("text", text).toString();
    }
}
