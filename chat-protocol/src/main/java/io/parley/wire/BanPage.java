package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.RestrictionItem;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Some restrictions of a room, by number. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param restrictions restrictions
 * @param more whether there is more in the direction of travel
 */
public record BanPage(long id, int room, List<RestrictionItem> restrictions, boolean more) implements ServerFrame {
    static final int TYPE = 0x4A;

    /**
     * Makes one, with copies of the lists.
     *
     * @param id the number of the request, chosen by the client, from 1
     * @param room the number of the room, from its snapshot
     * @param restrictions restrictions
     * @param more whether there is more in the direction of travel
     */
    public BanPage {
        restrictions = List.copyOf(restrictions);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x4A BAN_PAGE: id varint | room varint | restrictions list of restriction | more flag
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        Items.restrictions(into, restrictions);
        ByteWriter.flag(into, more);
        FrameWriter.end(into, start);
    }

    static BanPage decode(ByteReader in) {
        return new BanPage(in.varint(), in.varint31(), Items.restrictions(in), in.flag());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onBanPage(this);
    }

    @Override
    public String toString() {
        return new ValueText("BAN_PAGE")
                .number("id", id)
                .number("room", room)
                .list("restrictions", restrictions)
                .flag("more", more)
                .toString();
    }
}
