package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The server will stop: finish, and connect again later. Immutable, for any thread.
 *
 * @param deadlineMillis how long the connection still lives, in milliseconds
 * @param reconnectAfterMillis how long to wait before connecting, in milliseconds
 * @param spreadMillis over how many further milliseconds to spread, at random
 * @param text words for people, maybe empty
 */
public record Goaway(long deadlineMillis, long reconnectAfterMillis, long spreadMillis, String text)
        implements ServerFrame {
    static final int TYPE = 0x09;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x09 GOAWAY: deadlineMillis varint | reconnectAfterMillis varint | spreadMillis varint | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, deadlineMillis);
        ByteWriter.varint(into, reconnectAfterMillis);
        ByteWriter.varint(into, spreadMillis);
        ByteWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Goaway decode(ByteReader in) {
        return new Goaway(in.varint(), in.varint(), in.varint(), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onGoaway(this);
    }

    @Override
    public String toString() {
        return new ValueText("GOAWAY")
                .number("deadlineMillis", deadlineMillis)
                .number("reconnectAfterMillis", reconnectAfterMillis)
                .number("spreadMillis", spreadMillis)
                .text("text", text)
                .toString();
    }
}
