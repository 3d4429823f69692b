package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.RoomItem;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Some rooms, by name. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param rooms the rooms
 * @param more whether there is more in the direction of travel
 */
public record RoomPage(long id, List<RoomItem> rooms, boolean more) implements ServerFrame {
    static final int TYPE = 0x47;

    /**
     * Makes one, with copies of the lists.
     *
     * @param id the number of the request, chosen by the client, from 1
     * @param rooms the rooms
     * @param more whether there is more in the direction of travel
     */
    public RoomPage {
        rooms = List.copyOf(rooms);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x47 ROOM_PAGE: id varint | rooms count x room | more flag
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        Items.rooms(into, rooms);
        ByteWriter.flag(into, more);
        FrameWriter.end(into, start);
    }

    static RoomPage decode(ByteReader in) {
        return new RoomPage(in.varint(), Items.rooms(in), in.flag());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onRoomPage(this);
    }

    @Override
    public String toString() {
        return new ValueText("ROOM_PAGE")
                .number("id", id)
                .list("rooms", rooms)
                .flag("more", more)
                .toString();
    }
}
