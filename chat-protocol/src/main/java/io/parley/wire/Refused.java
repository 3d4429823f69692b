package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.ErrorCode;
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
        ByteWriter.varint(into, code);
        ByteWriter.text(into, text);
        ByteWriter.varint(into, retryAfterMillis);
        FrameWriter.end(into, start);
    }

    static Refused decode(ByteReader in) {
        return new Refused(in.varint31(), in.text(), in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onRefused(this);
    }

    @Override
    public String toString() {
        return new ValueText("REFUSED")
                .code("code", code, ErrorCode.name(code))
                .text("text", text)
                .number("retryAfterMillis", retryAfterMillis)
                .toString();
    }
}
