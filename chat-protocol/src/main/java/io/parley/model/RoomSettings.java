package io.parley.model;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What a room's owner can set. Immutable, for any thread. Others are made from {@link #DEFAULT} or from a room's own, so that
 * what is not named stays as it is.
 *
 * @param inviteOnly whether only the invited (and those with a role) may join
 * @param memberLimit how many members there may be; 0 means the hub's own bound
 * @param presence how much is told of who comes and goes
 * @param hidden whether lists of rooms show it only to members, to the invited, and to those with a role
 */
public record RoomSettings(boolean inviteOnly, int memberLimit, PresenceMode presence, boolean hidden) {
    private static final int INVITE_ONLY = 1;
    private static final int HIDDEN = 2;

    /**
     * Makes settings; any limit below 0 is taken for 0.
     *
     * @param inviteOnly whether only the invited (and those with a role) may join
     * @param memberLimit how many members there may be; 0 or less means the hub's own bound
     * @param presence how much is told of who comes and goes
     * @param hidden whether lists of rooms show it only to members, to the invited, and to those with a role
     */
    public RoomSettings {
        memberLimit = Math.max(0, memberLimit);
        Objects.requireNonNull(presence, "presence");
    }

    /**
     * Makes settings of a room that is not hidden.
     *
     * @param inviteOnly whether only the invited (and those with a role) may join
     * @param memberLimit how many members there may be; 0 or less means the hub's own bound
     * @param presence how much is told of who comes and goes
     */
    public RoomSettings(boolean inviteOnly, int memberLimit, PresenceMode presence) {
        this(inviteOnly, memberLimit, presence, false);
    }

    /** Open to all, no limit of its own, full presence, shown in lists. */
    public static final RoomSettings DEFAULT = new RoomSettings(false, 0, PresenceMode.FULL);

    /**
     * These settings, with another answer to who may join.
     *
     * @param value whether only the invited (and those with a role) may join
     * @return new settings
     */
    public RoomSettings withInviteOnly(boolean value) {
        return new RoomSettings(value, memberLimit, presence, hidden);
    }

    /**
     * These settings, with another answer to who sees the room in lists.
     *
     * @param value whether lists show it only to members, to the invited, and to those with a role
     * @return new settings
     */
    public RoomSettings withHidden(boolean value) {
        return new RoomSettings(inviteOnly, memberLimit, presence, value);
    }

    /**
     * These settings, with another limit.
     *
     * @param value how many members there may be; 0 or less means the hub's own bound
     * @return new settings
     */
    public RoomSettings withMemberLimit(int value) {
        return new RoomSettings(inviteOnly, value, presence, hidden);
    }

    /**
     * These settings, with another mode of presence.
     *
     * @param value how much is told of who comes and goes
     * @return new settings
     */
    public RoomSettings withPresence(PresenceMode value) {
        return new RoomSettings(inviteOnly, memberLimit, value, hidden);
    }

    /**
     * Writes the settings: {@code length varint | flags varint | memberLimit varint | presence varint}, where the length is
     * that of what follows. The flags are a set of bits: 1 is invite only, 2 is hidden.
     *
     * @param into where to write
     * @throws java.nio.BufferOverflowException if they do not fit
     */
    public void encode(ByteBuffer into) {
        int start = ByteWriter.beginGroup(into);
        ByteWriter.varint(into, (inviteOnly ? INVITE_ONLY : 0) | (hidden ? HIDDEN : 0));
        ByteWriter.varint(into, memberLimit);
        ByteWriter.varint(into, presence.code());
        ByteWriter.endGroup(into, start);
    }

    /**
     * Reads what {@link #encode} has written. Bits that have no meaning yet are ignored, as is what a newer version has added.
     *
     * @param in where to read
     * @return the settings
     * @throws io.parley.codec.MalformedException if the bytes are no settings
     */
    public static RoomSettings decode(ByteReader in) {
        int outer = in.beginGroup();
        int flags = in.varint31();
        int memberLimit = in.varint31();
        PresenceMode presence = PresenceMode.of(in.varint31());
        in.endGroup(outer);
        return new RoomSettings((flags & INVITE_ONLY) != 0, memberLimit, presence, (flags & HIDDEN) != 0);
    }

    @Override
    public String toString() {
        return new ValueText("ROOM_SETTINGS")
                .flag("inviteOnly", inviteOnly)
                .flag("hidden", hidden)
                .number("memberLimit", memberLimit)
                .word("presence", presence.name())
                .toString();
    }
}
