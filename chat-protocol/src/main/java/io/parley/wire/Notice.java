package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * The operator's word to everyone. Immutable, for any thread.
 *
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param author who said it
 * @param body the text
 */
public record Notice(long timeMillis, UserItem author, String body) implements ServerFrame {
    static final int TYPE = 0x5C;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x5C NOTICE: timeMillis varint | author user | body string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, timeMillis);
        author.encode(into);
        ByteWriter.text(into, body);
        FrameWriter.end(into, start);
    }

    static Notice decode(ByteReader in) {
        return new Notice(in.varint(), UserItem.decode(in), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onNotice(this);
    }

    @Override
    public String toString() {
        return new ValueText("NOTICE")
                .number("timeMillis", timeMillis)
                .nested("author", author)
                .text("body", body)
                .toString();
    }
}
