package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Member;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Some members of a room, by name. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param total how many members there are
 * @param members members
 * @param more whether there is more in the direction of travel
 */
public record MemberPage(long id, int room, int total, List<Member> members, boolean more) implements ServerFrame {
    static final int TYPE = 0x46;

    /**
     * Makes one, with copies of the lists.
     *
     * @param id the number of the request, chosen by the client, from 1
     * @param room the number of the room, from its snapshot
     * @param total how many members there are
     * @param members members
     * @param more whether there is more in the direction of travel
     */
    public MemberPage {
        members = List.copyOf(members);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x46 MEMBER_PAGE: id varint | room varint | total varint | members count x member | more flag
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, total);
        Items.members(into, members);
        ByteWriter.flag(into, more);
        FrameWriter.end(into, start);
    }

    static MemberPage decode(ByteReader in) {
        return new MemberPage(in.varint(), in.varint31(), in.varint31(), Items.members(in), in.flag());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onMemberPage(this);
    }

    @Override
    public String toString() {
        return new ValueText("MEMBER_PAGE")
                .number("id", id)
                .number("room", room)
                .number("total", total)
                .list("members", members)
                .flag("more", more)
                .toString();
    }
}
