package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Changes the password of the user's account. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param old the present password
 * @param next the new password
 */
public record Password(long id, String old, String next) implements ClientFrame {
    static final int TYPE = 0x1E;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x1E PASSWORD: id varint | old string | next string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.text(into, old);
        ByteWriter.text(into, next);
        FrameWriter.end(into, start);
    }

    static Password decode(ByteReader in) {
        return new Password(in.varint(), in.text(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onPassword(this);
    }

    @Override
    public String toString() {
        return new ValueText("PASSWORD")
                .number("id", id)
                .secret("old", old.length())
                .secret("next", next.length())
                .toString();
    }
}
