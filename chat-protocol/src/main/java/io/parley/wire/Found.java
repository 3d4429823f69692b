package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * Somebody has the name. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param user who has it
 */
public record Found(long id, UserItem user) implements ServerFrame {
    static final int TYPE = 0x49;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x49 FOUND: id varint | user user
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        user.encode(into);
        FrameWriter.end(into, start);
    }

    static Found decode(ByteReader in) {
        return new Found(in.varint(), UserItem.decode(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onFound(this);
    }

    @Override
    public String toString() {
        return new ValueText("FOUND").number("id", id).nested("user", user).toString();
    }
}
