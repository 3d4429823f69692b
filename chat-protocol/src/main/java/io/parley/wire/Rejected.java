package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.ErrorCode;
import java.nio.ByteBuffer;

/**
 * A message was not accepted and is in no room. Immutable, for any thread.
 *
 * @param cid the number of the message within its origin, from 1
 * @param code one of {@link ErrorCode}, or unknown
 * @param text words for people, maybe empty
 * @param retryAfterMillis when to try again, in milliseconds; 0 says nothing
 */
public record Rejected(long cid, int code, String text, long retryAfterMillis) implements ServerFrame {
    static final int TYPE = 0x42;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x42 REJECTED: cid varint | code varint | text string | retryAfterMillis varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, cid);
        ByteWriter.varint(into, code);
        ByteWriter.text(into, text);
        ByteWriter.varint(into, retryAfterMillis);
        FrameWriter.end(into, start);
    }

    static Rejected decode(ByteReader in) {
        return new Rejected(in.varint(), in.varint31(), in.text(), in.varint());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onRejected(this);
    }

    @Override
    public String toString() {
        return new ValueText("REJECTED")
                .number("cid", cid)
                .code("code", code, ErrorCode.name(code))
                .text("text", text)
                .number("retryAfterMillis", retryAfterMillis)
                .toString();
    }
}
