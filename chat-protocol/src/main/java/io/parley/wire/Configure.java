package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.RoomSettings;
import java.nio.ByteBuffer;

/**
 * Asks for other settings of a room. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param settings the settings wanted
 */
public record Configure(long id, int room, RoomSettings settings) implements ClientFrame {
    static final int TYPE = 0x17;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x17 CONFIGURE: id varint | room varint | settings settings
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        settings.encode(into);
        FrameWriter.end(into, start);
    }

    static Configure decode(ByteReader in) {
        return new Configure(in.varint(), in.varint31(), RoomSettings.decode(in));
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onConfigure(this);
    }

    @Override
    public String toString() {
        return new ValueText("CONFIGURE")
                .number("id", id)
                .number("room", room)
                .nested("settings", settings)
                .toString();
    }
}
