package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.MyRoom;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Some of the rooms that the account is a member of. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param rooms rooms and conversations
 * @param next where the next page begins, or empty after the last
 */
public record MinePage(long id, List<MyRoom> rooms, String next) implements ServerFrame {
    static final int TYPE = 0x4B;

    /**
     * Makes one, with copies of the lists.
     *
     * @param id the number of the request, chosen by the client, from 1
     * @param rooms rooms and conversations
     * @param next where the next page begins, or empty after the last
     */
    public MinePage {
        rooms = List.copyOf(rooms);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x4B MINE_PAGE: id varint | rooms list of my room | next string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        Items.mine(into, rooms);
        ByteWriter.text(into, next);
        FrameWriter.end(into, start);
    }

    static MinePage decode(ByteReader in) {
        return new MinePage(in.varint(), Items.mine(in), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onMinePage(this);
    }

    @Override
    public String toString() {
        return new ValueText("MINE_PAGE")
                .number("id", id)
                .list("rooms", rooms)
                .text("next", next)
                .toString();
    }
}
