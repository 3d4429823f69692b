package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.RoomSettings;
import java.nio.ByteBuffer;

/**
 * Gives a room other settings. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param cid the number of the command within its origin, from 1
 * @param settings the settings wanted
 */
public record Configure(int room, long cid, RoomSettings settings) implements ClientFrame {
    static final int TYPE = 0x23;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x23 CONFIGURE: room varint | cid varint | settings settings
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, cid);
        settings.encode(into);
        FrameWriter.end(into, start);
    }

    static Configure decode(ByteReader in) {
        return new Configure(in.varint31(), in.varint(), RoomSettings.decode(in));
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onConfigure(this);
    }

    @Override
    public String toString() {
        return new ValueText("CONFIGURE")
                .number("room", room)
                .number("cid", cid)
                .nested("settings", settings)
                .toString();
    }
}
