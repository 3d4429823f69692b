package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Takes or refuses direct messages of one user. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param user the id of the other
 * @param on whether its messages are refused
 */
public record Ignore(long id, long user, boolean on) implements ClientFrame {
    static final int TYPE = 0x1C;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x1C IGNORE: id varint | user u64 | on flag
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.fixed64(into, user);
        ByteWriter.flag(into, on);
        FrameWriter.end(into, start);
    }

    static Ignore decode(ByteReader in) {
        return new Ignore(in.varint(), in.fixed64(), in.flag());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onIgnore(this);
    }

    @Override
    public String toString() {
        return new ValueText("IGNORE")
                .number("id", id)
                .bits("user", user)
                .flag("on", on)
                .toString();
    }
}
