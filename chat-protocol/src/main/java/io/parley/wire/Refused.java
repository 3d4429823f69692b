package io.parley.wire;

import java.nio.ByteBuffer;

/**
 * The login failed; the connection ends. Immutable, for any thread.
 *
 * @param code one of {@link ErrorCode}, or unknown
 * @param text words for people, maybe empty
 * @param retryAfterMillis when to try again, in milliseconds; 0 says nothing
 */
public record Refused(int code, String text, long retryAfterMillis) implements ServerFrame {
    static final int TYPE = 0x05;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x05 REFUSED: code varint | text string | retryAfterMillis varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        FrameWriter.varint(into, code);
        FrameWriter.text(into, text);
        FrameWriter.varint(into, retryAfterMillis);
        FrameWriter.end(into, start);
    }

    static Refused decode(FrameReader in) {
        return new Refused(in.varint31(), in.text(), in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onRefused(this);
    }

    @Override
    public String toString() {
        return new FrameText("REFUSED")
                .code("code", code)
                .text("text", text)
                .number("retryAfterMillis", retryAfterMillis)
                .toString();
    }
}
