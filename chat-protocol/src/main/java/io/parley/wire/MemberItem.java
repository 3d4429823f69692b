package io.parley.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One member of a room. Immutable, for any thread.
 *
 * @param name the name
 * @param origin the member's origin
 * @param role what the member may do
 */
public record MemberItem(String name, long origin, Role role) {
    private static final int LEAST_BYTES = 10;

    //  name string | origin u64 | role varint
    void encode(ByteBuffer into) {
        FrameWriter.text(into, name);
        FrameWriter.fixed64(into, origin);
        FrameWriter.varint(into, role.code());
    }

    static MemberItem decode(FrameReader in) {
        return new MemberItem(in.text(), in.fixed64(), Role.of(in.varint31()));
    }

    //  count varint | count x the above
    static void encodeAll(ByteBuffer into, List<MemberItem> items) {
        FrameWriter.varint(into, items.size());
        for (MemberItem item : items) {
            item.encode(into);
        }
    }

    static List<MemberItem> decodeAll(FrameReader in) {
        MemberItem[] items = new MemberItem[in.count(LEAST_BYTES)];
        for (int i = 0; i < items.length; i++) {
            items[i] = decode(in);
        }
        return List.of(items);
    }

    @Override
    public String toString() {
        return new FrameText("MEMBER_ITEM")
                .text("name", name)
                .bits("origin", origin)
                .word("role", role.name())
                .toString();
    }
}
