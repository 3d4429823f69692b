package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.ErrorCode;
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
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, code);
        ByteWriter.text(into, text);
        ByteWriter.varint(into, retryAfterMillis);
        FrameWriter.end(into, start);
    }

    static Failed decode(ByteReader in) {
        return new Failed(in.varint(), in.varint31(), in.text(), in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onFailed(this);
    }

    @Override
    public String toString() {
        return new ValueText("FAILED")
                .number("id", id)
                .code("code", code, ErrorCode.name(code))
                .text("text", text)
                .number("retryAfterMillis", retryAfterMillis)
                .toString();
    }
}
