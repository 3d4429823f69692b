package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for another name. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param name the name wanted
 */
public record Nick(long id, String name) implements ClientFrame {
    static final int TYPE = 0x19;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x19 NICK: id varint | name string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.text(into, name);
        FrameWriter.end(into, start);
    }

    static Nick decode(ByteReader in) {
        return new Nick(in.varint(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onNick(this);
    }

    @Override
    public String toString() {
        return new ValueText("NICK").number("id", id).text("name", name).toString();
    }
}
