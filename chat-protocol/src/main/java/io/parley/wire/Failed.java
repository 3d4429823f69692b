package io.parley.wire;

import java.nio.ByteBuffer;

/**
 * A request failed; with id 0, the connection did and ends. Immutable, for any thread.
 *
 * @param id the number of the request, or 0
 * @param code one of {@link ErrorCode}, or unknown
 * @param text words for people, maybe empty
 * @param retryAfterMillis when to try again, in milliseconds; 0 says nothing
 */
public record Failed(long id, int code, String text, long retryAfterMillis) implements ServerFrame {
    static final int TYPE = 0x41;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x41 FAILED: id varint | code varint | text string | retryAfterMillis varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        FrameWriter.varint(into, id);
        FrameWriter.varint(into, code);
        FrameWriter.text(into, text);
        FrameWriter.varint(into, retryAfterMillis);
        FrameWriter.end(into, start);
    }

    static Failed decode(FrameReader in) {
        return new Failed(in.varint(), in.varint31(), in.text(), in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onFailed(this);
    }

    @Override
    public String toString() {
        return new FrameText("FAILED")
                .number("id", id)
                .code("code", code)
                .text("text", text)
                .number("retryAfterMillis", retryAfterMillis)
                .toString();
    }
}
