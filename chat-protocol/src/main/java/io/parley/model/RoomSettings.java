package io.parley.model;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * What a room's owner can set.
 *
 * @param inviteOnly whether only the invited (and moderators) may join
 * @param memberLimit how many members there may be; 0 or less means the hub's own bound
 * @param presence how much is told of who comes and goes
 */
public record RoomSettings(boolean inviteOnly, int memberLimit, PresenceMode presence) {
    /**
     * Makes settings; any limit below 0 is taken for 0.
     *
     * @param inviteOnly whether only the invited (and moderators) may join
     * @param memberLimit how many members there may be; 0 or less means the hub's own bound
     * @param presence how much is told of who comes and goes
     */
    public RoomSettings {
        memberLimit = Math.max(0, memberLimit);
    }

    /** Open to all, no limit of its own, full presence. */
    public static final RoomSettings DEFAULT = new RoomSettings(false, 0, PresenceMode.FULL);

    /**
     * Writes the settings: {@code inviteOnly flag | memberLimit varint | presence varint}.
     *
     * @param into where to write
     * @throws java.nio.BufferOverflowException if they do not fit
     */
    public void encode(ByteBuffer into) {
        ByteWriter.flag(into, inviteOnly);
        ByteWriter.varint(into, memberLimit);
        ByteWriter.varint(into, presence.code());
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @param in where to read
     * @return the settings
     * @throws io.parley.codec.MalformedException if the bytes are no settings
     */
    public static RoomSettings decode(ByteReader in) {
        return new RoomSettings(in.flag(), in.varint31(), PresenceMode.of(in.varint31()));
    }

    @Override
    public String toString() {
        return new ValueText("ROOM_SETTINGS")
                .flag("inviteOnly", inviteOnly)
                .number("memberLimit", memberLimit)
                .word("presence", presence.name())
                .toString();
    }
}
