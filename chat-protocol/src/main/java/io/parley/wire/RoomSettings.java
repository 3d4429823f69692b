package io.parley.wire;

import java.nio.ByteBuffer;

/**
 * How a room is run. Immutable, for any thread.
 *
 * @param inviteOnly whether only invited people may join
 * @param memberLimit the most members, 0 for no limit of its own
 * @param presence how much it tells of who is there
 */
public record RoomSettings(boolean inviteOnly, int memberLimit, PresenceMode presence) {
    //  inviteOnly flag | memberLimit varint | presence varint
    void encode(ByteBuffer into) {
        FrameWriter.flag(into, inviteOnly);
        FrameWriter.varint(into, memberLimit);
        FrameWriter.varint(into, presence.code());
    }

    static RoomSettings decode(FrameReader in) {
        return new RoomSettings(in.flag(), in.varint31(), PresenceMode.of(in.varint31()));
    }

    @Override
    public String toString() {
        return new FrameText("ROOM_SETTINGS")
                .flag("inviteOnly", inviteOnly)
                .number("memberLimit", memberLimit)
                .word("presence", presence.name())
                .toString();
    }
}
